export const hostsFolder: string;
