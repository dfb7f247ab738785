/** The name of a role that Identity Center made into its permission set and suffix. */

const SSO_NAME = /^AWSReservedSSO_(.+)_([0-9a-f]{16})$/;

/** The suffix changes whenever the permission set is provisioned anew; null for any other role. */
export function parseSsoRoleName(name: string): { readonly permissionSet: string; readonly suffix: string } | null {
  const [, permissionSet, suffix] = SSO_NAME.exec(name) ?? [];
  return permissionSet === undefined || suffix === undefined ? null : { permissionSet, suffix };
}
