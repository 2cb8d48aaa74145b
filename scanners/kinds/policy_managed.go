package kinds

import "strings"

// NamesManagedPolicy reports whether an ARN is that of a policy which AWS manages, in whichever partition.
func NamesManagedPolicy(arn string) bool {
	_, ok := managedPolicy(arn)
	return ok
}

// GivesAdmin reports whether a policy that AWS manages allows everything on everything. There is one that does (AWS Managed
// Policy Reference, AdministratorAccess): PowerUserAccess leaves out whom to let in, and IAMFullAccess is of one service.
func GivesAdmin(arn string) bool {
	name, ok := managedPolicy(arn)
	return ok && name == "AdministratorAccess"
}

// GivesNoData reports whether a policy that AWS manages neither decrypts nor reads what stores hold: those that functions,
// tasks and nodes bear most (AWS Managed Policy Reference). Of others only AWS knows, and may change what they allow.
func GivesNoData(arn string) bool {
	name, ok := managedPolicy(arn)
	switch name {
	case "service-role/AWSLambdaBasicExecutionRole", "service-role/AWSLambdaVPCAccessExecutionRole", "AWSXRayDaemonWriteAccess",
		"service-role/AmazonECSTaskExecutionRolePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly":
		return ok
	}
	return false
}

func managedPolicy(arn string) (string, bool) {
	head, name, ok := strings.Cut(arn, ":iam::aws:policy/")
	return name, ok && strings.HasPrefix(head, "arn:") && !strings.Contains(name, "${")
}
