/** The guest's clocks. */

import type { ElementEntry } from '../entry';

export const CLOCK_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/clock',
    summary:
      'What the hardware clock of the guest shows when it starts, and which timers it has. After that the guest keeps its own time, best with NTP.',
    example:
      "<clock offset='utc'>\n  <timer name='rtc' tickpolicy='catchup'/>\n  <timer name='pit' tickpolicy='delay'/>\n  <timer name='hpet' present='no'/>\n</clock>",
    chapter: 'time-keeping',
    attributes: {
      offset: {
        summary: 'What the clock is set by at each start. Linux expects utc, Windows localtime.',
        values:
          "`utc` (the default), `localtime` (the host's time zone), `timezone` (the one named), `variable` (UTC or local time plus adjustment, which keeps what the guest sets), `absolute` (always the moment in start, since 8.4.0).",
      },
      adjustment: {
        summary:
          'With variable: by how much the clock is off, updated as the guest sets it. With utc and localtime a number turns them into variable.',
        unit: 'seconds',
        values:
          'A number, also negative; with utc and localtime also `reset`, which drops what the guest set.',
      },
      basis: {
        summary: 'With variable: what the adjustment is counted from.',
        values: '`utc` (the default) or `localtime`.',
        since: '0.9.11',
      },
      timezone: {
        summary: 'With offset timezone: the zone whose time the clock shows.',
        values: 'A name such as Europe/Berlin.',
        since: '0.7.7',
      },
      start: {
        summary: 'With absolute: the moment that the clock shows at every start, for tests that repeat.',
        unit: 'seconds since 1970',
        since: '8.4.0',
      },
    },
  },
  {
    path: 'domain/clock/timer',
    summary:
      'One of the timers of the machine: whether it is there, and what happens to ticks that could not be delivered in time.',
    since: '0.8.0',
    chapter: 'time-keeping',
    attributes: {
      name: {
        summary: 'The timer that is meant.',
        values:
          "`rtc` (hardware clock), `pit` (old interval timer), `hpet` (costly; no is best), `tsc` (the CPU's counter), `kvmclock` (for Linux under KVM), `hypervclock` (for Windows, since 1.2.2), `armvtimer` (ARM, since 6.1.0), `platform` (works nowhere now).",
      },
      present: { summary: 'Whether the guest has the timer at all.', values: '`yes` or `no`.' },
      tickpolicy: {
        summary: 'What becomes of ticks that were missed because the guest did not run.',
        values:
          '`delay` (they come later; guest time lags), `catchup` (they come faster until made up for), `merge` (several become one), `discard` (lost; time jumps). rtc with catchup and pit with delay is the usual pair.',
      },
      track: {
        summary: 'What the rtc follows.',
        values: "`guest` (stands still with it), `wall` (the host's time), `boot`, `realtime`.",
      },
      frequency: {
        summary: 'Rate of the tsc that the guest sees. On hosts of another rate it needs scaling by the CPU.',
        unit: 'hertz',
      },
      mode: {
        summary: 'How Xen provides the tsc.',
        values: "`auto`, `native` (reads the CPU's), `emulate` (traps each read), `paravirt`, `smpsafe`.",
      },
    },
  },
  {
    path: 'domain/clock/timer/catchup',
    summary:
      'Bounds of making up for lost ticks; only with that policy, and each is optional. QEMU takes no notice of the numbers.',
    chapter: 'time-keeping',
    attributes: {
      threshold: { summary: 'From how much lost time on anything is done.', values: 'A positive number.' },
      slew: { summary: 'How fast lost time is made up for.', values: 'A positive number.' },
      limit: { summary: 'Beyond how much lost time it is given up.', values: 'A positive number.' },
    },
  },
];
