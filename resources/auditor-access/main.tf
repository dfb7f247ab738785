# The access entry of the Keyholder auditor. Needs authentication mode API or API_AND_CONFIG_MAP.
variable "cluster_name" {
  type = string
}

variable "auditor_role_arn" {
  type = string
}

resource "aws_eks_access_entry" "keyholder_audit" {
  cluster_name      = var.cluster_name
  principal_arn     = var.auditor_role_arn
  type              = "STANDARD"
  kubernetes_groups = ["keyholder-audit"]
}
