/** package.json as the tests read it: only the fields that code has to agree with. */

import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of package.json: compiled tests lie in out/test/client. */
export const ROOT = path.resolve(__dirname, '../../..');

export interface Manifest {
  readonly main: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly icon: string;
  readonly keywords: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly extensionKind: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: string;
      readonly description: string;
      readonly restrictedConfigurations: readonly string[];
    };
    readonly virtualWorkspaces: { readonly supported: string; readonly description: string };
  };
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly configuration: string }[];
    readonly grammars: readonly { readonly scopeName: string; readonly path: string }[];
    readonly snippets: readonly { readonly path: string }[];
    readonly configuration: readonly {
      readonly title: string;
      readonly properties: Readonly<Record<string, SettingRow>>;
    }[];
    readonly commands: readonly CommandRow[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
  };
}

export interface SettingRow {
  readonly default: unknown;
  readonly scope: string;
  readonly markdownDescription?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

export interface CommandRow {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  readonly enablement?: string;
}

/** Our own file, of this very commit. */
export const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Manifest;
