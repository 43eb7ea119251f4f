export { isFakeModelVersion } from '../../contracts/fakeModel.ts';
export type * from './behavior.ts';
export { type FakeModelOptions, type FakeModelServer, startFakeModel } from './server.ts';
export type * from './turn.ts';
