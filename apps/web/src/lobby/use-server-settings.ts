import { useCallback, useEffect, useState } from 'react';
import { ApiError, getSettings, type ServerSettings } from '../lib/api.js';
import { texts } from '../texts/texts.js';

export interface ServerSettingsState {
  /** True once the server has said that people without an account may not join. */
  guestsRefused: boolean;
  problem: { title: string; detail: string } | undefined;
  retry: () => void;
}

/** Asks the server, when the lobby opens, whether guests may join. */
export function useServerSettings(): ServerSettingsState {
  const [settings, setSettings] = useState<ServerSettings | undefined>(undefined);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let current = true;
    getSettings().then(
      (answer) => {
        if (!current) return;
        setSettings(answer);
        setFailure(undefined);
      },
      (error: unknown) => {
        if (current) setFailure(error instanceof ApiError ? error.message : texts.lobby.serverSilent);
      },
    );
    return () => {
      current = false;
    };
  }, [attempt]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  const guestsRefused = settings !== undefined && !settings.guests;
  return { guestsRefused, problem: describe(guestsRefused, failure), retry };
}

function describe(guestsRefused: boolean, failure: string | undefined): ServerSettingsState['problem'] {
  if (failure !== undefined) return { title: texts.lobby.serverUnreachable, detail: failure };
  if (!guestsRefused) return undefined;
  return texts.lobby.guestsRefused;
}
