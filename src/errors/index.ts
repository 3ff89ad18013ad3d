export { type ErrorCode, HINTS } from './codes.js';
export {
  CheckpointError,
  type ErrorDetails,
  nameResource,
  RestoreError,
  TubthumpAggregateError,
  TubthumpError,
} from './error.js';
