import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const ids = (...numbers: string[]): string =>
  `  <iothreadids>\n${numbers.map(id => `    <iothread id='${id}'/>\n`).join('')}  </iothreadids>\n`;

test('an iothread stands once', () =>
  check(
    domainWith({
      settings: `  <iothreadids>
    <iothread id='1'/>
    <iothread id='1'/>
                  ^ error iothread-repeated: Iothread 1 is already there...
  </iothreadids>\n`,
    }),
  ));

test('different numbers, and template text, are fine', () => {
  check(domainWith({ settings: ids('1', '3') }));
  check(domainWith({ settings: ids('{{ id }}', '{{ id }}') }));
});

test('the second gets a free number, or goes', () => {
  const text = domainWith({ settings: ids('1', '2', '1') });
  assert.equal(fixed(text, 'Make it iothread 3'), domainWith({ settings: ids('1', '2', '3') }));
  assert.equal(fixed(text, 'Remove this iothread'), domainWith({ settings: ids('1', '2') }));
});
