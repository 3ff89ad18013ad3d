// @ts-check
// The closing line of a run whose every step has passed; the counts are vitest's.
import { judge } from '../scripts/test-report.mjs';

const { passed, failed, complaints } = judge();
for (const complaint of complaints) console.error(complaint);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || complaints.length > 0 ? 1 : 0;
