'use strict';

const { reporters } = require('mocha');

/** Mocha's spec reporter, closed by one plain line of counts that scripts and CI can read. */
class CountingReporter extends reporters.Spec {
  /** @override */
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : '';
    console.log(`${passes} passed, ${failures} failed${skipped}`);
  }
}

module.exports = CountingReporter;
