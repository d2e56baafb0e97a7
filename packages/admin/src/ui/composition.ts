/**
 * Lets text through only when it is whole. While a Chinese input method composes, the field holds unfinished pinyin
 * (`wang'li`), which must not be searched for; what the composition ends with is passed on at once.
 */
export function compositionGuard(emit: (text: string) => void) {
  let composing = false;
  return {
    start(): void {
      composing = true;
    },
    input(text: string, isComposing = false): void {
      if (!composing && !isComposing) emit(text);
    },
    end(text: string): void {
      composing = false;
      emit(text);
    },
  };
}
