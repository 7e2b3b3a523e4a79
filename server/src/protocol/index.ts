export * from './commands';
export * from './editing';
export * from './settings';
export * from './libvirt-folders';
