export * from './changes';
export * from './commands';
export * from './initialization';
export * from './editing';
export * from './settings';
export * from './libvirt-folders';
