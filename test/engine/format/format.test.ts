/** The formatter: a text and what becomes of it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  LIBVIRT_STYLE,
  SourceText,
  applyEdits,
  formatDocument,
  formatRange,
  parseXml,
  type FormatStyle,
} from '../../../server/src/engine';

/** The text as it is laid out; what is laid out is laid out so a second time. */
function formatted(text: string, style: Partial<FormatStyle> = {}): string {
  const whole = { ...LIBVIRT_STYLE, ...style };
  const once = applyEdits(text, formatDocument(parseXml(SourceText.of(text)), whole));
  const again = formatDocument(parseXml(SourceText.of(once)), whole);
  assert.deepEqual(again, [], `a second time changes:\n${once}`);
  return once;
}

/** A text that is right already. */
const stays = (text: string, style: Partial<FormatStyle> = {}): void =>
  assert.equal(formatted(text, style), text);

test('each element on a line of its own, indented by its depth', () => {
  assert.equal(
    formatted(`<domain type='kvm'><name>vm</name>
<devices>
      <disk><target dev='vda'/></disk><disk>
  <target dev='vdb'/>
</disk>
    </devices></domain>`),
    `<domain type='kvm'>
  <name>vm</name>
  <devices>
    <disk>
      <target dev='vda'/>
    </disk>
    <disk>
      <target dev='vdb'/>
    </disk>
  </devices>
</domain>`,
  );
});

test('blanks in tags, and quotes as libvirt writes them', () => {
  assert.equal(
    formatted(`<domain   type = "kvm"  id="3" ><name >vm</name  ><on   /><a b="it's" c='"'/></domain >`),
    `<domain type='kvm' id='3'>
  <name>vm</name>
  <on/>
  <a b="it's" c='"'/>
</domain>`,
  );
  assert.equal(formatted(`<a b='x' c='"' d="y"/>`, { quotes: 'double' }), `<a b="x" c='"' d="y"/>`);
  stays(`<a b='x' d="y"/>`, { quotes: 'keep' });
});

test('attributes keep their order, values every character', () => {
  stays(`<a z='1' b='  two  blanks ' a='&quot;&#10;&amp;'/>`);
});

test('the text of an element without elements stays, whatever it is', () => {
  stays(`<domain>
  <description>  two
lines	and a tab
      </description>
  <title></title>
  <name> vm </name>
  <metadata>

  </metadata>
  <cmd><![CDATA[ <a>
 b ]]></cmd>
  <pool>&pool;</pool>
</domain>`);
});

test('mixed text stays with everything in it', () => {
  assert.equal(
    formatted(`<domain><metadata><p>some <b>bold</b>
    text<i><u/><u/></i></p></metadata></domain>`),
    `<domain>
  <metadata>
    <p>some <b>bold</b>
    text<i><u/><u/></i></p>
  </metadata>
</domain>`,
  );
});

test('xml:space keeps what it says', () => {
  assert.equal(
    formatted(`<a><b xml:space="preserve"> <c/>
 <d   /> </b></a>`),
    `<a>
  <b xml:space='preserve'> <c/>
 <d   /> </b>
</a>`,
  );
});

test('comments go with the line, or stay behind what they speak of', () => {
  assert.equal(
    formatted(`<!-- made
  by hand --><domain><!-- all of it -->
<vcpu>4</vcpu>   <!-- four -->
      <!-- the disks:
           two -->
<devices/><!-- none --><os/>
</domain><!-- end -->`),
    `<!-- made
  by hand -->
<domain><!-- all of it -->
  <vcpu>4</vcpu>   <!-- four -->
  <!-- the disks:
           two -->
  <devices/><!-- none -->
  <os/>
</domain><!-- end -->`,
  );
});

test('a comment that is alone in an element is laid out where it has a line of its own', () => {
  assert.equal(
    formatted(`<a>
<b>
<!-- <c/> -->
</b>
<d> <!-- x --> </d><e><!-- y --></e>
</a>`),
    `<a>
  <b>
    <!-- <c/> -->
  </b>
  <d> <!-- x --> </d>
  <e><!-- y --></e>
</a>`,
  );
});

test('declaration, DOCTYPE and instructions stay as they are written', () => {
  assert.equal(
    formatted(`<?xml version="1.0"   encoding="UTF-8"?><!DOCTYPE domain [
 <!ENTITY pool "x">
]>
<?xml-model   href="domain.rng"?>


<domain><?a  b?></domain>


`),
    `<?xml version="1.0"   encoding="UTF-8"?>
<!DOCTYPE domain [
 <!ENTITY pool "x">
]>
<?xml-model   href="domain.rng"?>

<domain><?a  b?></domain>
`,
  );
});

test('blank lines between elements stay, as many as are wanted; none behind the first tag and before the last', () => {
  const text = `<a>

  <b/>



  <c/>

  <d/>

</a>`;
  assert.equal(formatted(text), '<a>\n  <b/>\n\n  <c/>\n\n  <d/>\n</a>');
  assert.equal(formatted(text, { blankLines: 0 }), '<a>\n  <b/>\n  <c/>\n  <d/>\n</a>');
  assert.equal(formatted(text, { blankLines: 2 }), '<a>\n  <b/>\n\n\n  <c/>\n\n  <d/>\n</a>');
});

test('line ends stay what they are, also where they are mixed', () => {
  assert.equal(formatted('<a>\r\n<b/>\n<c/><d/>\r\n</a>\r\n'), '<a>\r\n  <b/>\n  <c/>\r\n  <d/>\r\n</a>\r\n');
  assert.equal(
    formatted('<a>\r\n\r\n\r\n\r\n<b/>\r\n\r\n\r\n<c/></a>'),
    '<a>\r\n  <b/>\r\n\r\n  <c/>\r\n</a>',
  );
  assert.equal(formatted('<a>\r<b/></a>'), '<a>\r  <b/>\r</a>');
});

test('no edit begins or ends between CR and LF', () => {
  const text = '<a>\r\n\r\n\r\n<b/>\r\n\r\n\r\n\r\n  </a>\r\n\r\n';
  for (const { span } of formatDocument(parseXml(SourceText.of(text)), LIBVIRT_STYLE)) {
    for (const at of [span.start, span.end]) {
      assert.notEqual(text.slice(at - 1, at + 1), '\r\n', `an edit at ${String(at)}`);
    }
  }
});

test('the end of the text gets a line break where it is wanted', () => {
  assert.equal(formatted('<a/>', { end: 'line-break' }), '<a/>\n');
  assert.equal(formatted('<a/>  ', { end: 'line-break' }), '<a/>\n');
  assert.equal(formatted('<a/>\n\n', { end: 'keep' }), '<a/>\n');
  stays('<a/>', { end: 'keep' });
  stays('\ufeff<a/>\n');
  assert.equal(formatted('\ufeff\n <a/>\n'), '\ufeff<a/>\n');
});

test('tabs', () => {
  assert.equal(formatted('<a>\n  <b>\n <c/></b></a>', { step: '\t' }), '<a>\n\t<b>\n\t\t<c/>\n\t</b>\n</a>');
});

test('a tag that is too wide has one attribute a line, one that fits has one line', () => {
  const text = `<devices>
  <driver name='qemu' type='qcow2' cache='none'/>
  <target dev='vda'
       bus='virtio'/>
</devices>`;
  assert.equal(
    formatted(text, { lineWidth: 40 }),
    `<devices>
  <driver name='qemu'
          type='qcow2'
          cache='none'/>
  <target dev='vda' bus='virtio'/>
</devices>`,
  );
  assert.equal(formatted(text, { lineWidth: 49 }), formatted(text, { lineWidth: 1000 }));
  stays(`<driver name='qemu-of-a-long-name'/>`, { lineWidth: 10 });
});

test('without a width, tags are broken where their writer broke them, and aligned', () => {
  assert.equal(
    formatted(`<a>
<driver name='qemu'
type='qcow2'   cache='none'
/></a>`),
    `<a>
  <driver name='qemu'
          type='qcow2' cache='none'/>
</a>`,
  );
});

test('a value with lines of its own stays', () => {
  stays(`<a b='one
   two'/>`);
});

test('template text between elements stays; the elements between are laid out from where they stand', () => {
  assert.equal(
    formatted(`<domain><devices>
{% for disk in disks %}
    <disk   type="file"><target dev='{{ disk }}'/></disk>
{% endfor %}
      </devices>
    <os/></domain>`),
    `<domain>
  <devices>
{% for disk in disks %}
    <disk type='file'>
      <target dev='{{ disk }}'/>
    </disk>
{% endfor %}
      </devices>
  <os/>
</domain>`,
  );
});

test('what is broken stays; what is whole inside and beside of it is laid out', () => {
  assert.equal(
    formatted(`<domain>
<os><type   arch="x86_64">hvm</type></os>
<devices>
    <disk type="file" type="file">
       <target   dev='vda'/>
         <iotune><total_iops_sec>1</total_iops_sec></iotune>
    </disk>
</devices>
</domain>`),
    `<domain>
  <os>
    <type arch='x86_64'>hvm</type>
  </os>
  <devices>
    <disk type="file" type="file">
       <target dev='vda'/>
         <iotune>
           <total_iops_sec>1</total_iops_sec>
         </iotune>
    </disk>
</devices>
</domain>`,
  );
  for (const text of [
    '',
    '   ',
    'text',
    '<',
    '<a',
    '<a b="',
    '</a>',
    '<a></b>',
    '<a/> <b/>',
    '<!-- ',
    '<a>&x;<b/></a>',
  ])
    stays(text);
});

test('very deep documents are laid out as deep as documents go', () => {
  const depth = 20_000;
  const text = '<a>'.repeat(depth) + '<b/>' + '</a>'.repeat(depth);
  const after = formatted(text);
  assert.equal(after.replace(/\s/g, ''), text);
  assert.ok(after.length < text.length * 3);
});

const inRange = (marked: string, style: Partial<FormatStyle> = {}): string => {
  const [before = '', selected = '', behind = ''] = marked.split('|');
  const text = before + selected + behind;
  const span = { start: before.length, end: before.length + selected.length };
  const document = parseXml(SourceText.of(text));
  return applyEdits(text, formatRange(document, { ...LIBVIRT_STYLE, ...style }, span));
};

test('a range is laid out from where the element around it stands, and nothing else is', () => {
  assert.equal(
    inRange(`<domain>
<os/>
      <devices>
<disk><target   dev='vda'/></disk>
|<disk>
<target   dev='vdb'/>|
</disk>
</devices>
</domain>`),
    `<domain>
<os/>
      <devices>
<disk><target   dev='vda'/></disk>
        <disk>
          <target dev='vdb'/>
</disk>
</devices>
</domain>`,
  );
});

test('a selection of whole lines does not reach into the next one', () => {
  assert.equal(inRange('<a>\n|<b/>\n|<c/>\n</a>'), '<a>\n  <b/>\n<c/>\n</a>');
  assert.equal(inRange('<a>\n<b/>\n<|c/>\n</a>'), '<a>\n<b/>\n  <c/>\n</a>');
});

test('a range in text that stays changes nothing', () => {
  const text = '<a>\n <d>one\n|   two|\n three</d>\n</a>';
  assert.equal(inRange(text), text.replaceAll('|', ''));
});
