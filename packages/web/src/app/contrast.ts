const KEPT_AS = 'fangang.contrast';

/** Was high contrast chosen on this machine? Where local storage is refused, it was not. */
export function keptContrast(): boolean {
  try {
    return localStorage.getItem(KEPT_AS) === 'high';
  } catch {
    return false;
  }
}

/** Switches the high-contrast tokens on or off and keeps the choice where the browser allows. */
export function setContrast(high: boolean): void {
  document.documentElement.classList.toggle('contrast', high);
  try {
    localStorage.setItem(KEPT_AS, high ? 'high' : 'plain');
  } catch {
    return;
  }
}
