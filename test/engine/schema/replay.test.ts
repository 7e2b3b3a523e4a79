/** Asking again with something changed: what an explanation and a completion are made from. */

import assert from 'node:assert/strict';
import {
  SourceText,
  checkedAs,
  elementAt,
  fitsFrom,
  listedNames,
  nameKey,
  parseXml,
  placeOf,
  stateBefore,
  stateInTag,
  validate,
  type CheckedElement,
  type Schema,
  type State,
  type XmlDocument,
} from '../../../server/src/engine';
import { testWithShared } from '../../support/shared';
import { schemaOf } from './schemas';

/** The document of a disk, and the disk as it was checked; `|` marks a place in it. */
function diskOf(
  schema: Schema,
  attributes: string,
  content: string,
): { document: XmlDocument; disk: CheckedElement } {
  const text = `<domain type='kvm'><name>a</name><devices><disk ${attributes}>${content}</disk></devices></domain>`;
  const document = parseXml(SourceText.of(text));
  const located = elementAt(document, text.indexOf('<disk') + 1);
  const place = located && placeOf(schema, document, located);
  const disk = place && checkedAs(place);
  assert.ok(disk !== undefined);
  return { document, disk };
}

const elements = (state: State): string[] =>
  state.nextElements().flatMap(element => listedNames(element.nameClass).map(nameKey));

const attributes = (state: State): string[] =>
  state.leaves('attribute').flatMap(attribute => listedNames(attribute.nameClass).map(nameKey));

const childAt = (
  disk: CheckedElement,
  index: number,
): CheckedElement['located']['node']['children'][number] => {
  const child = disk.located.node.children[index];
  assert.ok(child !== undefined);
  return child;
};

testWithShared('without the filters an iotune would be allowed, without the target not', data => {
  const schema = schemaOf(data, '11.3');
  const { document, disk } = diskOf(schema, "type='file'", "<target dev='vda'/><throttlefilters/><iotune/>");
  assert.ok(!elements(stateBefore(schema, document, disk, 2)).includes('iotune'));
  const without = (index: number): string[] =>
    elements(stateBefore(schema, document, disk, 2, { without: childAt(disk, index) }));
  assert.ok(without(1).includes('iotune'));
  assert.ok(!without(0).includes('iotune'));
});

testWithShared('with another type of disk a source would take dev', data => {
  const schema = schemaOf(data, '11.3');
  const { document, disk } = diskOf(schema, "type='file'", "<source dev='/a'/><target dev='vda'/>");
  const [error] = validate(schema, document).errors();
  assert.ok(error?.kind === 'attribute-not-allowed');
  const [type] = disk.located.node.attributes;
  assert.ok(type !== undefined);
  const sourceTakes = (value: string): string[] => {
    const state = stateBefore(schema, document, disk, 0, { instead: { of: type, value } });
    const candidates = state.elementsNamed('source')?.members ?? [];
    return candidates.flatMap(candidate => attributes(schema.checker.contentOf(candidate)));
  };
  assert.ok(!sourceTakes('file').includes('dev'));
  assert.ok(sourceTakes('block').includes('dev'));
});

testWithShared('attributes that may still be written, and those that would without another', data => {
  const schema = schemaOf(data, '11.3');
  const { document, disk } = diskOf(
    schema,
    "type='file' device='disk' sgio='filtered'",
    "<target dev='vda'/>",
  );
  const left = attributes(stateInTag(schema, document, disk));
  assert.ok(left.includes('snapshot'));
  assert.ok(!left.includes('device'));
  const device = disk.located.node.attributes[1];
  assert.ok(device !== undefined);
  assert.ok(attributes(stateInTag(schema, document, disk, { without: device })).includes('device'));
});

testWithShared('an element fits where nothing behind it is in its way', data => {
  const schema = schemaOf(data, '11.3');
  const { document, disk } = diskOf(schema, "type='file'", "<target dev='vda'/><throttlefilters/>");
  const before = stateBefore(schema, document, disk, 0);
  const fits = (name: string): boolean => {
    const candidates = before.elementsNamed(name);
    return candidates !== undefined && fitsFrom(schema, document, disk, before.withElements(candidates), 0);
  };
  assert.ok(elements(before).includes('iotune'));
  assert.ok(!fits('iotune'));
  assert.ok(!fits('target'));
  assert.ok(fits('serial'));
});

testWithShared('what stands in an element that the schema does not know has no place', data => {
  const schema = schemaOf(data, '11.3');
  const text = "<domain type='kvm'><name>a</name><devics><disk/></devics></domain>";
  const document = parseXml(SourceText.of(text));
  const located = elementAt(document, text.indexOf('<disk') + 1);
  assert.ok(located !== undefined);
  assert.equal(placeOf(schema, document, located), undefined);
});
