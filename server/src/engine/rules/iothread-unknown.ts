import { iothreadUses, iothreadsOf, settingsAt, type IothreadUse } from '../domain/cross-references';
import type { Domain } from '../domain/model';
import { decimalOf, numberSet } from '../domain/numbers';
import { addIothread } from '../edit/iothreads';
import { shifted, type Span } from '../text';
import { comesFromTemplate, numbersTaken, setAttributeFix } from './devices';
import { takesIothread } from './iothread-unsupported';
import { defineRule, type DomainScene, type Fix, type FixScene, type ReportFinding } from './rule';

export const iothreadUnknown = defineRule({
  id: 'iothread-unknown',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'A device or pin must name an iothread that the domain has.',
  explain: `The iothreads of a domain are those that \`<iothreadids>\` names, and as many more as \`<iothreads>\` counts above them, with the lowest free numbers: \`<iothreads>2</iothreads>\` alone makes the threads 1 and 2. Who names another is refused when the domain is defined (measured with libvirt 11.3):

| who names it | libvirt's words |
|---|---|
| \`<driver iothread=''>\` of a disk | \`Disk iothread '2' not defined in iothreadid\` |
| \`<driver iothread=''>\` of a controller | \`controller iothread '3' not defined in iothreadid\` |
| \`<iothread id=''>\` in a \`<driver>\` | \`iothread '5' not defined in iothreadid\` |
| \`<iothreadpin>\`, \`<iothreadsched>\` | \`Cannot find 'iothread' : 3\` |

Bad:
\`\`\`xml
<iothreads>1</iothreads>
...
<driver name='qemu' type='raw' iothread='2'/>
\`\`\`
Good:
\`\`\`xml
<iothreads>2</iothreads>
...
<driver name='qemu' type='raw' iothread='2'/>
\`\`\``,
  check(scene, report) {
    const { domain } = scene;
    const { byId, certain } = iothreadsOf(domain);
    if (!certain) return;
    let uncertain: boolean | undefined;
    for (const use of iothreadUses(domain)) {
      const id = decimalOf(use.piece.value);
      if (id === undefined || id === 0 || byId.has(id) || !isRefused(scene, use)) continue;
      uncertain ??= comesFromTemplate(scene);
      if (uncertain) return;
      tell(report, domain, {
        id,
        span: shifted(use.piece, use.start),
        attribute: attributeOf(use),
        taken: takenFor(domain, use),
      });
    }
    if (!uncertain) checkSchedules(scene, byId, report);
  },
});

/** Only QEMU's driver looks at the threads of devices; pins are refused for any kind of domain. */
function isRefused(scene: DomainScene, { by }: IothreadUse): boolean {
  if (by.kind === 'pin') return true;
  // Where no iothread helps, the rule iothread-unsupported says so.
  return scene.runByQemu && takesIothread(by.device.of);
}

/** Numbers that would stand twice where this one stands: a thread is pinned once, and mapped once by a device. */
function takenFor(domain: Domain, { by }: IothreadUse): ReadonlySet<number> {
  switch (by.kind) {
    case 'device':
      return new Set();
    case 'mapping':
      return numbersTaken((by.device.of.queueMapping?.threads ?? []).map(({ id }) => id));
    case 'pin':
      return numbersTaken(
        settingsAt(domain, 'cputune/iothreadpin').map(({ of }) => of.attributes.get('iothread')),
      );
  }
}

const attributeOf = ({ by }: IothreadUse): string => (by.kind === 'mapping' ? 'id' : 'iothread');

function checkSchedules(scene: DomainScene, byId: ReadonlyMap<number, unknown>, report: ReportFinding): void {
  for (const { start, of } of settingsAt(scene.domain, 'cputune/iothreadsched')) {
    const list = of.attributes.get('iothreads');
    const ids = list === undefined ? undefined : numberSet(list.value);
    const unknown = [...(ids ?? [])].find(id => !byId.has(id));
    if (list === undefined || unknown === undefined) continue;
    if (comesFromTemplate(scene)) return;
    tell(report, scene.domain, {
      id: unknown,
      span: shifted(list, start),
      attribute: undefined,
      taken: new Set(),
    });
  }
}

interface Unknown {
  readonly id: number;
  readonly span: Span;
  /** The attribute that holds nothing but the number; undefined in a list. */
  readonly attribute: string | undefined;
  /** Threads that cannot be named instead. */
  readonly taken: ReadonlySet<number>;
}

function tell(report: ReportFinding, domain: Domain, unknown: Unknown): void {
  const ids = [...iothreadsOf(domain).byId.keys()].sort((a, b) => a - b);
  report({
    span: unknown.span,
    severity: 'error',
    refusedBy: 'libvirt',
    message: `There is no iothread ${String(unknown.id)} in this domain, so libvirt refuses the document. ${haveWords(ids)} Add iothread ${String(unknown.id)}, or name one that is there.`,
    fixes: scene => fixesFor(scene, unknown, ids),
  });
}

function haveWords(ids: readonly number[]): string {
  if (ids.length === 0) return 'It has none.';
  const listed = ids.slice(0, MOST_LISTED).join(', ');
  return `It has ${listed}${ids.length > MOST_LISTED ? ' and more' : ''}.`;
}

const MOST_LISTED = 12;

function fixesFor(scene: FixScene, { id, span, attribute, taken }: Unknown, ids: readonly number[]): Fix[] {
  const fixes: Fix[] = [];
  if (scene.domain !== undefined && id <= MOST_ADDED) {
    const edits = addIothread(scene.source, scene.domain, id);
    fixes.push({ title: `Add iothread ${String(id)}`, safe: false, edits });
  }
  if (attribute === undefined) return fixes;
  const nearest = ids
    .filter(other => !taken.has(other))
    .sort((a, b) => Math.abs(a - id) - Math.abs(b - id))[0];
  if (nearest !== undefined) {
    const title = `Use iothread ${String(nearest)}`;
    fixes.push(...setAttributeFix(scene, span.start, attribute, String(nearest), title));
  }
  return fixes;
}

/** QEMU's and libvirt's number of a thread is 32 bits wide. */
const MOST_ADDED = 4_294_967_295;
