/** Writes the golden reports of the sample estate anew; what changed is reviewed as code. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { GOLDEN_FOLDER, renderGoldens } from '../test/support/goldens.ts';

mkdirSync(GOLDEN_FOLDER, { recursive: true });
for (const [name, text] of await renderGoldens()) writeFileSync(`${GOLDEN_FOLDER}/${name}`, text);
