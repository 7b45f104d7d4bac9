// What we use of two packages that ship no types.
declare module "govuk-frontend" {
  export function initAll(config?: object): void;
}
declare module "@ministryofjustice/frontend" {
  export function initAll(config?: object): void;
}
