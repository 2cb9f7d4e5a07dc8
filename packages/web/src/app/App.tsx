import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { forgetWhatWasRead } from '../offices/forget.ts';
import { Fault, onSignedOut } from '../platform/call.ts';
import { KeysProvider } from '../platform/keys.tsx';
import { LanguageProvider } from '../platform/language.tsx';
import { ToastProvider } from '../platform/ui/Toast.tsx';
import { keptContrast, setContrast } from './contrast.ts';
import { router } from './routes.tsx';

/** Only an unreachable server is asked again by itself; a refusal or a fault is shown at once. */
const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => error instanceof Fault && error.status === 0 && failures < 2,
      refetchOnWindowFocus: true,
    },
  },
});

function openSignIn(): void {
  const here = router.state.location;
  if (here.pathname === '/sign-in') return;
  void client.invalidateQueries({ queryKey: ['offices'] });
  void router.navigate({ to: '/sign-in', search: { next: here.href } }).then(() => forgetWhatWasRead(client));
}

export function App(): ReactNode {
  useEffect(() => {
    onSignedOut(openSignIn);
    setContrast(keptContrast());
  }, []);
  return (
    <QueryClientProvider client={client}>
      <LanguageProvider>
        <KeysProvider>
          <ToastProvider>
            <RouterProvider router={router} />
          </ToastProvider>
        </KeysProvider>
      </LanguageProvider>
    </QueryClientProvider>
  );
}
