import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldingRanges } from '../../server/src/language';
import { subjectOf } from '../support/marked-text';

const folds = (text: string, limit?: number): string[] =>
  foldingRanges(subjectOf(text), limit).map(
    ({ startLine, endLine, kind }) => `${String(startLine)}-${String(endLine)}${kind ?? ''}`,
  );

test('regions, also around each other; an end without a begin and a begin without an end are none', () => {
  assert.deepEqual(
    folds(`<a>
<!-- #endregion -->
<!-- #region disks -->
<b/>
<!-- #region more -->
<c>
<!-- #regions are not meant -->
<!-- #endregion -->
</c>
<!-- #endregion disks -->
<!-- #region -->
</a>`),
    ['0-10', '2-9region', '4-7region', '5-7'],
  );
});

test('a tag of several lines folds with its element, or its content alone', () => {
  assert.deepEqual(
    folds(`<a x='1'
   y='2'>
  <b
    z='3'
  />
  <c/>
</a>`),
    ['0-5', '1-5', '2-4'],
  );
});

test('text, CDATA, instructions and a DOCTYPE of several lines', () => {
  assert.deepEqual(
    folds(`<?x
y?>
<!DOCTYPE a [
]>
<a>
<b>one
two
</b>
<c><![CDATA[
three
]]></c>
</a>`),
    ['0-1', '2-3', '4-10', '5-6', '8-9', '8-10'],
  );
});

test('where the editor wants few, regions and outer elements stay', () => {
  const text = '<a>\n<!-- #region -->\n<b>\n<c>\n\n</c>\n</b>\n<!-- #endregion -->\n</a>';
  assert.deepEqual(folds(text, 2), ['0-7', '1-7region']);
});
