/*
 * iogen DEVICE MODE BLOCKSIZE THREADS: keeps I/O running on a disk, and says each second how it went.
 *
 * MODE is r(ead), w(rite) or b(oth). Random offsets, O_DIRECT, so that each request reaches the device. Lines:
 *   IO <clock> <device> iops=<done in this second> errs=<failed since the start> maxlat_us=<longest in this second>
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static atomic_long done, failed, longest;
static int disk, block_size;
static char mode;
static uint64_t blocks;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void *load(void *number) {
  unsigned seed = (unsigned)(uintptr_t)number * 7919 + 1;
  void *buffer;
  if (posix_memalign(&buffer, 4096, block_size)) exit(1);
  memset(buffer, 1, block_size);
  for (;;) {
    off_t offset = (off_t)((uint64_t)rand_r(&seed) % blocks) * block_size;
    int writes = mode == 'w' || (mode == 'b' && (rand_r(&seed) & 1024));
    double began = now();
    ssize_t moved = writes ? pwrite(disk, buffer, block_size, offset) : pread(disk, buffer, block_size, offset);
    long took = (long)((now() - began) * 1e6), before = atomic_load(&longest);
    while (took > before && !atomic_compare_exchange_weak(&longest, &before, took)) {}
    if (moved == block_size) {
      atomic_fetch_add(&done, 1);
    } else {
      atomic_fetch_add(&failed, 1);
      usleep(100000);
    }
  }
  return NULL;
}

static void say(const char *line) {
  /* One write a line: several of these programs share the console. */
  if (write(1, line, strlen(line)) < 0) exit(1);
}

int main(int count, char **words) {
  char line[200];
  if (count != 5) return 2;
  mode = words[2][0];
  block_size = atoi(words[3]);
  disk = -1;
  for (int tries = 0; tries < 100 && disk < 0; tries++) {
    disk = open(words[1], O_RDWR | O_DIRECT);
    if (disk < 0) usleep(100000); /* the driver has not found it yet */
  }
  uint64_t size = 0;
  if (disk < 0 || ioctl(disk, BLKGETSIZE64, &size) < 0) {
    snprintf(line, sizeof line, "IO %s cannot be opened: %s\n", words[1], strerror(errno));
    say(line);
    return 1;
  }
  blocks = size / block_size;
  for (uintptr_t number = 1; number <= (uintptr_t)atoi(words[4]); number++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, load, (void *)number)) return 1;
  }
  for (long before = 0;;) {
    sleep(1);
    long after = atomic_load(&done);
    snprintf(line, sizeof line, "IO %.2f %s iops=%ld errs=%ld maxlat_us=%ld\n", now(), words[1], after - before,
             atomic_load(&failed), atomic_exchange(&longest, 0));
    say(line);
    before = after;
  }
}
