/** The public face of the practice VM: other folders import from here only. */

export { startPracticeVm, startPrivatePracticeVm, type PracticeVm } from './vm';
export { powerOn, PracticeStartError } from './power-on';
export { converse, greeting, type Session, type Turn } from './converse';
export type { AttachedDisk, BlockNode, PracticeDisk, PracticeDomain, PracticeState } from './state';
export { practiceDomain } from './from-document';
