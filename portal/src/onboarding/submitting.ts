import type { FieldValues, UseFormReturn } from 'react-hook-form'

/** What submitting a form does: it acts, and empties the form once it happened. */
export function submitting<Input extends FieldValues>(
  form: UseFormReturn<Input, unknown, Input>,
  act: (input: Input) => Promise<boolean>,
  onDone: (input: Input) => void = () => undefined,
): (input: Input) => void {
  return (input) => {
    void act(input).then((done) => {
      if (done) {
        form.reset()
        onDone(input)
      }
    })
  }
}
