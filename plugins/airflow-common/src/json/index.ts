export * from './jsonText';
export * from './unsendable';
