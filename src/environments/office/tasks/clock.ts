/** The time HH:MM so many minutes later on the same day. */
export function later(time: string, minutes: number): string {
  const total = minuteOfDay(time) + minutes;
  return [Math.floor(total / 60), total % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Minutes between two times of the same day, as YYYY-MM-DDTHH:MM:SS. */
export function minutesBetween(start: string, end: string): number {
  return minuteOfDay(end.slice(11)) - minuteOfDay(start.slice(11));
}

function minuteOfDay(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
