export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Takes a line for the log. Fields never hold secrets, tokens or session descriptions. */
export type Log = (level: LogLevel, fields: Record<string, unknown>, message: string) => void;
