declare module 'asl-validator' {
  function validate(definition: object): { readonly isValid: boolean };
  export = validate;
}
