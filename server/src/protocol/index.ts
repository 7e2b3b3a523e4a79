export * from './commands';
export * from './settings';
