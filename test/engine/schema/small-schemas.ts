/**
 * Small schemas, each for one part of RELAX NG, with documents that jing takes and refuses. What stands here is held
 * against jing itself by test/schema-tools/small-schemas.ts.
 */

export interface SmallSchema {
  readonly title: string;
  /** `main.rng` and what it includes; the namespace of RELAX NG and the library of XML Schema are put in. */
  readonly files: Readonly<Record<string, string>>;
  readonly valid: readonly string[];
  readonly invalid: readonly string[];
}

const RNG =
  'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"';

/** The files with what every schema begins with. */
export const filesOf = ({ files }: SmallSchema): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(files).map(([name, text]) => [
      name,
      text.replace(/^\s*<(\w+)/, (_, root: string) => `<${root} ${RNG}`),
    ]),
  );

const one = (
  title: string,
  main: string,
  valid: readonly string[],
  invalid: readonly string[],
): SmallSchema => ({
  title,
  files: { 'main.rng': main },
  valid,
  invalid,
});

/** An element `a` whose text is checked. */
const text = (
  title: string,
  content: string,
  valid: readonly string[],
  invalid: readonly string[],
): SmallSchema =>
  one(
    title,
    `<element name="a">${content}</element>`,
    valid.map(value => `<a>${value}</a>`),
    invalid.map(value => `<a>${value}</a>`),
  );

const data = (type: string, facets = ''): string => `<data type="${type}">${facets}</data>`;
const pattern = (expression: string): string => data('string', `<param name="pattern">${expression}</param>`);

export const SMALL_SCHEMAS: readonly SmallSchema[] = [
  one(
    'interleave of any order, group in its own',
    `<element name="a"><interleave><element name="b"><empty/></element>
       <group><element name="c"><empty/></element><element name="d"><empty/></element></group></interleave></element>`,
    ['<a><b/><c/><d/></a>', '<a><c/><b/><d/></a>', '<a><c/><d/><b/></a>'],
    ['<a><d/><c/><b/></a>', '<a><b/><c/></a>', '<a><b/><b/><c/><d/></a>'],
  ),
  one(
    'repetitions in an interleave',
    `<element name="a"><interleave><zeroOrMore><element name="b"><empty/></element></zeroOrMore>
       <oneOrMore><element name="c"><empty/></element></oneOrMore><text/></interleave></element>`,
    ['<a><c/></a>', '<a>x<b/>y<c/><b/><c/>z</a>'],
    ['<a/>', '<a><b/></a>'],
  ),
  one(
    'mixed',
    `<element name="a"><mixed><optional><element name="b"><empty/></element></optional></mixed></element>`,
    ['<a/>', '<a>x</a>', '<a>x<b/>y</a>', '<a><![CDATA[x]]><b/></a>'],
    ['<a><b/>x<b/></a>', '<a><b>x</b></a>'],
  ),
  one(
    'choice between attributes and elements',
    `<element name="a"><choice><attribute name="x"/><element name="x"><text/></element></choice></element>`,
    ['<a x=""/>', '<a><x>1</x></a>'],
    ['<a/>', '<a x=""><x/></a>'],
  ),
  one(
    'an attribute that chooses what follows',
    `<element name="a"><choice>
       <group><attribute name="t"><value>one</value></attribute><element name="b"><empty/></element></group>
       <group><attribute name="t"><value>two</value></attribute><element name="c"><empty/></element></group>
     </choice></element>`,
    ['<a t="one"><b/></a>', '<a t=" two "><c/></a>'],
    ['<a t="one"><c/></a>', '<a t="two"/>', '<a t="three"><c/></a>', '<a><b/></a>'],
  ),
  one(
    'elements of one name told apart by what is in them',
    `<element name="a"><choice>
       <group><element name="b"><attribute name="x"/></element><element name="c"><empty/></element></group>
       <group><element name="b"><attribute name="y"/></element><element name="d"><empty/></element></group>
     </choice></element>`,
    ['<a><b x=""/><c/></a>', '<a><b y=""/><d/></a>'],
    ['<a><b x=""/><d/></a>', '<a><b y=""/><c/></a>', '<a><b x="" y=""/><c/></a>'],
  ),
  one(
    'any name but',
    `<element><anyName><except><name>b</name><nsName ns="urn:no"/></except></anyName>
       <zeroOrMore><attribute><anyName><except><name>x</name></except></anyName></attribute></zeroOrMore><text/></element>`,
    ['<a/>', '<a y="1" z="2">t</a>', '<p:b xmlns:p="urn:yes"/>', '<a p:x="" xmlns:p="urn:yes"/>'],
    ['<b/>', '<p:a xmlns:p="urn:no"/>', '<a x=""/>'],
  ),
  one(
    'names of a namespace',
    `<element name="a" ns="urn:a"><zeroOrMore><element><nsName/><text/></element></zeroOrMore>
       <optional><attribute name="x"/></optional><optional><attribute name="y" ns="urn:y"/></optional></element>`,
    [
      '<a xmlns="urn:a"/>',
      '<q:a xmlns:q="urn:a"><q:z/></q:a>',
      '<a xmlns="urn:a" x=""/>',
      '<a xmlns="urn:a" y:y="" xmlns:y="urn:y"/>',
    ],
    ['<a/>', '<a xmlns="urn:b"/>', '<a xmlns="urn:a"><z xmlns=""/></a>', '<a xmlns="urn:a" y=""/>'],
  ),
  one(
    'a name with a prefix of the schema, and a choice of names',
    `<element xmlns:p="urn:p"><choice><name>p:a</name><name ns="">b</name></choice><text/></element>`,
    ['<a xmlns="urn:p"/>', '<b/>'],
    ['<a/>', '<b xmlns="urn:p"/>'],
  ),
  {
    title: 'include with definitions replaced and others combined',
    files: {
      'main.rng': `<grammar><include href="part.rng"><define name="b"><element name="x"><empty/></element></define></include>
        <define name="c" combine="choice"><element name="y"><empty/></element></define></grammar>`,
      'part.rng': `<grammar><start><element name="a"><ref name="b"/><ref name="c"/></element></start>
        <define name="b"><element name="b"><empty/></element></define>
        <define name="c"><element name="c"><empty/></element></define></grammar>`,
    },
    valid: ['<a><x/><c/></a>', '<a><x/><y/></a>'],
    invalid: ['<a><b/><c/></a>', '<a><x/></a>'],
  },
  {
    title: 'include that replaces the start, and hands down its namespace',
    files: {
      'main.rng': `<grammar ns="urn:m"><include href="part.rng"><start><ref name="b"/></start></include></grammar>`,
      'part.rng': `<grammar><start><element name="a"><empty/></element></start>
        <define name="b"><element name="b"><empty/></element></define></grammar>`,
    },
    valid: ['<b xmlns="urn:m"/>'],
    invalid: ['<a xmlns="urn:m"/>', '<b/>'],
  },
  one(
    'definitions combined by interleave',
    `<grammar><start><element name="a"><ref name="c"/></element></start>
       <define name="c" combine="interleave"><element name="x"><empty/></element></define>
       <div><define name="c" combine="interleave"><element name="y"><empty/></element></define></div></grammar>`,
    ['<a><x/><y/></a>', '<a><y/><x/></a>'],
    ['<a><x/></a>', '<a><x/><y/><x/></a>'],
  ),
  one(
    'nested grammars and parentRef',
    `<grammar><start><element name="a"><ref name="in"/></element></start>
       <define name="leaf"><element name="outer"><empty/></element></define>
       <define name="in"><grammar><start><group><ref name="leaf"/><parentRef name="leaf"/></group></start>
         <define name="leaf"><element name="inner"><empty/></element></define></grammar></define></grammar>`,
    ['<a><inner/><outer/></a>'],
    ['<a><outer/><inner/></a>', '<a><inner/><inner/></a>'],
  ),
  {
    title: 'externalRef',
    files: {
      'main.rng': `<element name="a" ns="urn:m"><externalRef href="b.rng"/></element>`,
      'b.rng': `<element name="b"><text/></element>`,
    },
    valid: ['<a xmlns="urn:m"><b>x</b></a>'],
    invalid: ['<a xmlns="urn:m"><b xmlns=""/></a>'],
  },
  one(
    'recursion through an element',
    `<grammar><start><ref name="a"/></start><define name="a"><element name="a"><zeroOrMore><ref name="a"/></zeroOrMore>
       <optional><element name="end"><empty/></element></optional></element></define></grammar>`,
    ['<a/>', '<a><a><a/><a/></a><end/></a>'],
    ['<a><end/><a/></a>', '<a><b/></a>'],
  ),
  one(
    'notAllowed',
    `<element name="a"><optional><element name="b"><notAllowed/></element></optional>
       <choice><attribute name="x"><notAllowed/></attribute><attribute name="y"/></choice></element>`,
    ['<a y=""/>'],
    ['<a x=""/>', '<a y=""><b/></a>'],
  ),
  one(
    'annotations are left out',
    `<element name="a" xmlns:n="urn:note"><n:doc>words <n:b/></n:doc><attribute name="x" n:y="z"><n:doc/><value>1</value></attribute></element>`,
    ['<a x="1"/>'],
    ['<a x="2"/>', '<a/>'],
  ),
  one(
    'empty holds blanks only',
    `<element name="a"><empty/></element>`,
    ['<a/>', '<a> </a>', '<a><!-- c --> <?p i?></a>', '<a>&#32;</a>', '<a><![CDATA[ ]]></a>'],
    ['<a>x</a>', '<a><![CDATA[x]]></a>', '<a>&#160;</a>'],
  ),
  one(
    'text in pieces is one value',
    `<element name="a"><value>abc</value></element>`,
    [
      '<a>abc</a>',
      '<a>a<!-- x -->bc</a>',
      '<a>a<![CDATA[b]]>c</a>',
      '<a>a&#98;c</a>',
      '<a> abc\n</a>',
      '<a>a<?p i?>bc</a>',
    ],
    ['<a>a bc</a>', '<a/>', '<a>ab</a>'],
  ),
  one(
    'line ends in attributes are blanks, written ones are not',
    `<element name="a"><attribute name="x"><data type="string"><param name="pattern">a b</param></data></attribute></element>`,
    ['<a x="a b"/>', '<a x="a\nb"/>', '<a x="a\tb"/>'],
    ['<a x="a&#10;b"/>', '<a x="a  b"/>'],
  ),
  text(
    'value of string and of token',
    '<choice><value type="string"> a </value><value>b  c</value></choice>',
    [' a ', 'b c', ' b \n c '],
    ['a', 'bc'],
  ),
  text('value of an integer', '<value type="integer">7</value>', ['7', '007', '+7', ' 7 '], ['8', '7.0', '']),
  text(
    'list',
    `<list><oneOrMore>${data('int')}</oneOrMore><value>end</value></list>`,
    ['1 end', ' 1\n2  end '],
    ['end', '1', '1 end 2', '1end'],
  ),
  text(
    'list of choices and options',
    `<list><optional><value>a</value></optional><zeroOrMore><choice><value>b</value><value>c</value></choice></zeroOrMore></list>`,
    ['', 'a', 'a b c b', 'b'],
    ['b a', 'a a'],
  ),
  text(
    'data but',
    `<data type="string"><param name="pattern">[a-z]+</param><except><choice><value>bad</value><value>worse</value></choice></except></data>`,
    ['good'],
    ['bad', 'worse', 'Good'],
  ),
  text(
    'two patterns hold both',
    data('string', '<param name="pattern">[a-c]+</param><param name="pattern">[b-d]+</param>'),
    ['bc'],
    ['a', 'd', 'abcd'],
  ),
  text(
    'lengths',
    data('string', '<param name="minLength">2</param><param name="maxLength">3</param>'),
    ['ab', 'abc', ' a', '\u{1f600}\u{1f600}'],
    ['a', 'abcd', '\u{1f600}'],
  ),
  text('length', data('token', '<param name="length">2</param>'), ['ab', '  ab '], ['a', 'abc']),
  text(
    'bounds',
    data('int', '<param name="minInclusive">-5</param><param name="maxExclusive">10</param>'),
    ['-5', '9', '+9', ' 3 '],
    ['-6', '10', 'x'],
  ),
  text(
    'bounds beyond what a double holds',
    data('integer', '<param name="minInclusive">9007199254740993</param>'),
    ['9007199254740993', '99999999999999999999'],
    ['9007199254740992', '-1'],
  ),
  text(
    'integer',
    data('integer'),
    ['0', '-0', '+12', '007', ' 1 ', '123456789012345678901234567890'],
    ['', '1.0', '1e3', '0x1', '1 2', '--1'],
  ),
  text('int', data('int'), ['2147483647', '-2147483648'], ['2147483648', '-2147483649']),
  text('long', data('long'), ['9223372036854775807'], ['9223372036854775808']),
  text('short', data('short'), ['32767', '-32768'], ['32768']),
  text('byte', data('byte'), ['127', '-128'], ['128']),
  text('unsignedLong', data('unsignedLong'), ['0', '18446744073709551615'], ['18446744073709551616', '-1']),
  text('unsignedInt', data('unsignedInt'), ['4294967295'], ['4294967296', '-1']),
  text('unsignedShort', data('unsignedShort'), ['65535'], ['65536']),
  text('unsignedByte', data('unsignedByte'), ['255'], ['256']),
  text('positiveInteger', data('positiveInteger'), ['1'], ['0', '-1']),
  text('nonNegativeInteger', data('nonNegativeInteger'), ['0', '1'], ['-1']),
  text(
    'double',
    data('double'),
    ['1', '1.5', '.5', '1.', '-1e10', 'INF', '-INF', 'NaN', '1E+2'],
    ['', '1,5', 'inf', 'e5', '+INF'],
  ),
  text('decimal', data('decimal'), ['1', '1.5', '.5', '-1.'], ['1e5', 'INF', '.']),
  text('boolean', data('boolean'), ['true', 'false', '1', '0', ' true '], ['yes', 'TRUE', '']),
  text('NCName', data('NCName'), ['a', '_a-b.c', 'é', ' a '], ['1a', 'a:b', '-a', '', 'a b']),
  text('NMTOKEN', data('NMTOKEN'), ['1a', 'a:b', '-a'], ['a b', '']),
  text(
    'anyURI',
    data('anyURI'),
    ['', 'http://a/b?c#d', 'a b', '/x', 'mailto:x', '%20', 'a:b'],
    ['%2', '%zz', 'a#b#c'],
  ),
  text(
    'dateTime',
    data('dateTime'),
    ['2020-02-29T23:59:59', '2020-01-01T00:00:00.123Z', '2020-01-01T00:00:00+14:00', '-0044-03-15T12:00:00'],
    [
      '2020-02-30T00:00:00',
      '2021-02-29T00:00:00',
      '2020-01-01',
      '2020-01-01T25:00:00',
      '20-01-01T00:00:00',
      '2020-01-01T00:00:00+15:00',
    ],
  ),
  text(
    'normalizedString',
    data('normalizedString', '<param name="pattern">a b</param>'),
    ['a b', 'a\nb', 'a\tb'],
    ['a  b', ' a b'],
  ),
  text('pattern: dollar and caret are characters', pattern('$a^?'), ['$a', '$a^'], ['a', 'a$']),
  text('pattern: a dot is no line break', pattern('a.b'), ['a b', 'axb', 'a\u2028b'], ['a\nb', 'ab', 'axxb']),
  text(
    'pattern: classes',
    pattern('[^\\n,]+[\\d\\-][\\s.]'),
    ['ab1.', 'a- ', 'é٣\n'],
    ['a\n1.', 'a,1.', '1.', 'a1x'],
  ),
  text('pattern: subtraction', pattern('[a-z-[aeiou]]+'), ['bcd'], ['abc', 'e', 'B']),
  text('pattern: negated subtraction', pattern('[^a-c-[x]]'), ['d', 'A'], ['a', 'x']),
  text('pattern: names', pattern('\\i\\c*'), ['a', '_b:1', ':c'], ['1a', '-', 'a b']),
  text(
    'pattern: properties and blocks',
    pattern('\\p{Lu}\\P{Lu}\\p{IsBasicLatin}'),
    ['Aaa', 'Éé1'],
    ['aaa', 'AAa', 'Aaé'],
  ),
  text('pattern: word characters', pattern('\\w+\\W'), ['ab.', 'a+ ', 'a_'], ['ab', '.', '_.']),
  text(
    'pattern: hyphens in classes',
    pattern('[a-c+\\-.]+[\\-x][y\\-]'),
    ['+-.abcxy', 'a--'],
    ['dxy', 'axz', ',xy'],
  ),
  text(
    'pattern: counted',
    pattern('a{2}(b|cd){1,2}e{2,}f{0}'),
    ['aabee', 'aacdbeee'],
    ['abee', 'aabe', 'aabbbee', 'aabeef'],
  ),
  text('pattern: branches', pattern('ab|cd|'), ['ab', 'cd', ''], ['abcd', 'a']),
  text(
    'pattern: repetitions within repetitions',
    pattern('(a|aa)+(,(a|aa)+)*'),
    ['a', 'aaaa,aa', 'a,a,a'],
    ['a,', `${'a'.repeat(60)}b`],
  ),
  text('pattern: beyond the first plane', pattern('.{2}'), ['\u{1f600}a', 'ab'], ['\u{1f600}', 'abc']),
  text(
    'pattern: escapes',
    pattern('\\.\\\\\\?\\*\\+\\(\\)\\[\\]\\{\\}\\|\\^\\n'),
    ['.\\?*+()[]{}|^\n'],
    ['.'],
  ),
];
