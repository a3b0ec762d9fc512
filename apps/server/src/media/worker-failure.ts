import { errorText, OperatorError, WorkerError } from '@parley/core';

/** Why media could not be started, for the operator. */
export function mediaFailure(error: unknown): OperatorError {
  // The native part has the system's text, not its code.
  if (
    error instanceof WorkerError &&
    (error.code === 'EADDRINUSE' || error.message.endsWith('Address already in use'))
  ) {
    return new OperatorError(
      'media_failed',
      'The media port is in use: stop the other program or set media.port (PARLEY_MEDIA_PORT) to another',
    );
  }
  return new OperatorError('media_failed', `Media could not be started: ${errorText(error)}`);
}

/** Why media over TCP could not be started, for the operator. */
export function tcpFailure(error: unknown, port: number): OperatorError {
  if (error instanceof WorkerError && error.code === 'EADDRINUSE') {
    return new OperatorError(
      'media_failed',
      `TCP port ${port} of media is in use: stop the other program, set media.port (PARLEY_MEDIA_PORT) to another, or switch media.tcp (PARLEY_MEDIA_TCP) off`,
    );
  }
  return new OperatorError('media_failed', `Media over TCP could not be started: ${errorText(error)}`);
}
