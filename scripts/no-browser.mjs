// Stands in for bowser in the bundles of functions: the SDK tells browsers apart with it, and a function is none.
export const parse = () => ({});
