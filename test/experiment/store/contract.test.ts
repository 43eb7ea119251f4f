import { openStore } from '../../../src/experiment/store/index.ts';
import { testStore } from './testStore.ts';

testStore('SQLite', openStore);
