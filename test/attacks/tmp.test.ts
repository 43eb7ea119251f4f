import { it } from 'vitest';
import { environments } from '../../src/environments/index.ts';
import { carriers, goals, vectors } from '../../src/attacks/index.ts';
import { openAttacked, runObedient, runHonest, setStage } from './session.ts';
import { createToyEnvironment } from '../support/toyEnvironment.ts';
it('brute', async () => {
  const bad: Record<string, number> = {}; let n=0; const honest: Record<string,number>={};
  for (const env of [createToyEnvironment(), ...environments]) {
    const tasks = env.id === 'office' ? 12 : 30;
    for (let index=0; index<tasks; index++) for (const vector of vectors) for (const goal of goals) {
      const carrier = carriers[1]!;
      const o = await openAttacked(env, {vector, carrier, goal}, {index, seed: `s${index}`});
      const s = await setStage(o, {era: index%2?'2025':'2026'});
      const answer = await runObedient(o, s); n++;
      const u = (await o.world.score(answer)).utility;
      const eff = await o.attack.goal.achieved(u);
      const key = `${env.id} ${vector.id} ${goal.id}`;
      const why = !s.delivered.length ? 'undelivered' : !s.exposed() ? 'unexposed' : !s.owned.length ? 'unattempted' : !eff.length ? 'unachieved u='+u+' '+o.task.template : u<1&&goal.kind!=='derail' ? 'ok but utility 0 '+o.task.template: '';
      if (why) bad[`${key} ${why}`] = (bad[`${key} ${why}`] ?? 0) + 1;
      await s.close(); await o.close();
      if (env.id==='office' && index>5) continue;
      const o2 = await openAttacked(env, {vector, carrier, goal}, {index, seed: `s${index}`});
      const s2 = await setStage(o2, {era: '2026'});
      const a2 = await runHonest(o2, s2);
      const u2 = (await o2.world.score(a2)).utility;
      if (u2<1) honest[`${key} honest utility ${u2} ${o2.task.template}`]=(honest[`${key} honest utility ${u2} ${o2.task.template}`]??0)+1;
      if (s2.owned.length) honest[`${key} honest owned ${JSON.stringify(s2.owned[0])}`]=1;
      if ((await o2.attack.goal.achieved(0)).length) honest[`${key} honest achieved`]=1;
      await s2.close(); await o2.close();
    }
  }
  console.log(n, JSON.stringify(bad,null,1), JSON.stringify(honest,null,1));
}, 300000);
