import type { LimitEntry, Limits, UnreadableWhy } from '../domain/model';
import { aboveRange, firstEntries, greatest, valueSpan } from './limit-faults';
import { removeFix, textFix } from './limit-fixes';
import { meantNumber } from './meant-number';
import { defineRule, type Fix, type FixScene, type RefusedBy } from './rule';

export const limitNotANumber = defineRule({
  id: 'limit-not-a-number',
  may: { error: ['libvirt', 'schema'] },
  scope: 'limits',
  judgesAlone: true,
  summary: 'A limit must be a whole number in decimal digits, with nothing behind it.',
  explain: `Libvirt reads a limit as a whole number from 0 to 18446744073709551615, to the base 10. It takes no unit (\`5M\`), no fraction, no exponent, no hexadecimal digits and no minus sign, and no blank or line break behind the number, though blanks before it are fine. Else it refuses the document: \`throttle group field 'total_bytes_sec' must be an integer\`.

A plus sign and an element without text pass libvirt (an empty limit is not set); the schema refuses them. Units are for virsh only: \`virsh domthrottlegroupset\` takes \`5M\`, the XML does not.

Bad:
\`\`\`xml
<total_bytes_sec>50MiB</total_bytes_sec>
<total_iops_sec>
  500
</total_iops_sec>
\`\`\`
Good:
\`\`\`xml
<total_bytes_sec>52428800</total_bytes_sec>
<total_iops_sec>500</total_iops_sec>
\`\`\``,
  check(limits, report) {
    for (const entry of firstEntries(limits).values()) {
      const why = whyNot(entry);
      if (why === undefined) continue;
      report({
        span: valueSpan(entry),
        severity: 'error',
        refusedBy: refuserOf(entry, why),
        message: messageFor(entry, why),
        fixes: scene => fixesFor(scene, limits, entry, why),
      });
    }
  },
});

type Why = UnreadableWhy | 'empty';

function whyNot({ reading }: LimitEntry): Why | undefined {
  if (reading.kind === 'empty') return 'empty';
  return reading.kind === 'unreadable' ? reading.why : undefined;
}

/** Libvirt's reader passes an empty text, a plus sign, and elements whose text is a number; the schema does not. */
function refuserOf(entry: LimitEntry, why: Why): RefusedBy {
  const passesLibvirt =
    why === 'empty' ||
    ((why === 'plus' || why === 'elements') && /^\s*(?:\+?[0-9]{1,19})?$/.test(entry.text.value));
  return passesLibvirt ? 'schema' : 'libvirt';
}

function messageFor(entry: LimitEntry, why: Why): string {
  const limit = `<${entry.field.xml}>`;
  const text = shortened(entry.text.value.trim());
  switch (why) {
    case 'empty':
      return `${limit} is empty: the schema wants a whole number here. Write one, or take the element out for no limit.`;
    case 'blank':
      return `${limit} holds nothing but blanks: libvirt wants a whole number here. Write one, or take the element out for no limit.`;
    case 'blank-behind':
      return `${limit} has a blank or line break behind the number, where libvirt takes none: write it as ${text}.`;
    case 'negative':
      return `${limit} can't be negative: libvirt refuses '${text}'. For no limit take the element out.`;
    case 'plus':
      return `${limit} has a plus sign, which the schema does not take: write it as ${text.replace(/^\+/, '')}.`;
    case 'too-big':
      return `${limit} is above 18446744073709551615, the greatest number that libvirt reads; the greatest that takes effect is ${String(entry.field.max)}.`;
    case 'suffix':
      return `${limit} must be a plain whole number of ${unitText(entry)}: libvirt's XML takes no unit such as in '${text}'.`;
    case 'elements':
      return `${limit} must hold a number alone: elements inside are not allowed.`;
    case 'text':
      return `${limit} must be a whole number in decimal digits: libvirt refuses '${text}'.`;
  }
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}...` : text);

const unitText = ({ field }: LimitEntry): string =>
  field.unit === 'bytes/s'
    ? 'bytes per second'
    : field.unit === 'operations/s'
      ? 'operations per second'
      : field.unit;

function fixesFor(scene: FixScene, limits: Limits, entry: LimitEntry, why: Why): Fix[] {
  const name = entry.field.xml;
  const digits = /^\s*\+?([0-9]+)\s*$/.exec(entry.text.value)?.[1];
  const write = (text: string, title: string, safe = false): Fix[] =>
    textFix(scene, limits, entry, text, BigInt(text), title, safe);
  const remove = (safe = false): Fix[] => removeFix(scene, limits, [name], `Remove <${name}>`, safe);
  switch (why) {
    case 'empty':
      return [...remove(true), ...write('0', 'Write 0 (not set)')];
    case 'blank':
      return remove();
    case 'blank-behind':
    case 'plus':
      return digits === undefined || digits.length > 20 ? [] : write(digits, `Write ${digits}`, true);
    case 'negative': {
      const positive = /[0-9]{1,20}/.exec(entry.text.value)?.[0];
      return [
        ...remove(),
        ...(positive === undefined || /^0*$/.test(positive) ? [] : write(positive, `Write ${positive}`)),
      ];
    }
    case 'too-big': {
      const most = String(greatest(entry.field, limits.owner));
      return [...write(most, `Write the greatest value, ${most}`), ...remove()];
    }
    case 'elements':
      return digits === undefined || digits.length > 20 ? remove() : write(digits, `Write ${digits} alone`);
    case 'suffix':
    case 'text':
      return [...meantFix(scene, limits, entry), ...remove()];
  }
}

function meantFix(scene: FixScene, limits: Limits, entry: LimitEntry): Fix[] {
  const meant = meantNumber(entry.text.value, entry.field.unit);
  if (meant === undefined || aboveRange(meant.value, entry.field, limits.owner)) return [];
  const text = String(meant.value);
  return textFix(scene, limits, entry, text, meant.value, `Write ${text}`, meant.certain);
}
