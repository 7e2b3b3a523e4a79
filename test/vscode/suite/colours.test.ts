import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, fileOf } from './editor';

/** VS Code's own view of a file's tokens: `c` is the text, `t` the scopes. */
interface CapturedToken {
  readonly c: string;
  readonly t: string;
}

suite('Colours', () => {
  teardown(closeAll);

  for (const file of ['good.domain.xml', 'plain.xml']) {
    test(`limits and group names of ${file}`, async () => {
      const tokens = await vscode.commands.executeCommand<CapturedToken[]>(
        '_workbench.captureSyntaxTokens',
        fileOf(file),
      );
      const withScope = (scope: string): string[] =>
        tokens.filter(token => token.t.includes(scope)).map(token => token.c);
      assert.deepEqual(withScope('entity.name.type.group'), ['gold', 'silver', 'gold', 'silver']);
      assert.equal(withScope('entity.name.tag.limit')[0], 'total_iops_sec');
    });
  }

  test('pom.xml keeps the colours of XML', async () => {
    const tokens = await vscode.commands.executeCommand<CapturedToken[]>(
      '_workbench.captureSyntaxTokens',
      fileOf('pom.xml'),
    );
    assert.ok(tokens.length > 0);
    assert.deepEqual(
      tokens.filter(token => token.t.includes('entity.name.tag.limit')),
      [],
    );
  });
});
