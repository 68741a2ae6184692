/**
 * What a handler is given and how it answers: the template's own types. Only types cross this line; in an image, where the
 * template lies elsewhere, nothing of it is left.
 */
export type {
  FunctionContext,
  FunctionEvent,
  FunctionHandler,
} from '../../template/node24-ts/function/openfaas.ts';
