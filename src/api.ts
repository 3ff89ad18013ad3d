/**
 * `tubthump/api`: for libraries that register hooks. No native code is loaded by it; where
 * checkpoints are not possible, registering works and costs nothing.
 */
export * from './index.js';
