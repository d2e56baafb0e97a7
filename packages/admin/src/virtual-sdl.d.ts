declare module 'virtual:sdl' {
  const sdl: import('./platform/sdl.ts').Sdl;
  export default sdl;
}
