export function hostFolder(packageName: string): string;
