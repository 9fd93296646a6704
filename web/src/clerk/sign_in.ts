// An ended sign-in in the middle of work: a dialog, two ways back in, and everything that waits goes out afterwards. What was
// typed is on the device already (drafts.ts, desk.ts); only chosen files cannot outlive the page, hence the second way.
import { expired, untilSignedIn } from "../api/session.ts";

const resumers = new Set<() => void>();

/** Reports a 401. The dialog shows (SignInAgain.tsx); when somebody is signed in again, all who asked are told. */
export function signedOut(): void {
  if (expired.value) return;
  void untilSignedIn().then(() => {
    for (const resume of resumers) resume();
  });
}

/** Calls `resume` each time the sign-in has been renewed; gives the way to stop that. */
export function onSignedInAgain(resume: () => void): () => void {
  resumers.add(resume);
  return () => resumers.delete(resume);
}

/** The address of the sign-in that comes back to this page. */
export function signInHere(): string {
  return `/auth/login?return=${encodeURIComponent(location.pathname + location.search)}`;
}
