import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends the run with one plain line, "N passed, N failed, N skipped", for whoever reads the log by machine. Where
 * `PARLEY_TEST_SUMMARY` names a file, it is written there instead, for whoever adds up several runs.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      let ran = 0;
      for (const test of module.children.allTests()) {
        ran += 1;
        const { state } = test.result();
        if (state === 'passed') count.passed += 1;
        else if (state === 'failed') count.failed += 1;
        else count.skipped += 1;
      }
      // A file that could not even be loaded has no tests to count, and is a failure all the same.
      if (ran === 0 && module.state() === 'failed') count.failed += 1;
    }
    const file = process.env.PARLEY_TEST_SUMMARY;
    if (file !== undefined) {
      writeFileSync(file, JSON.stringify(count));
      return;
    }
    process.stdout.write(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
  }
}
