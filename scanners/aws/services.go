package aws

// service is what is asked of one service of AWS.
type service struct {
	name  string   // as in IAM actions and on the command line: "rds"
	id    string   // as the SDK calls it: "RDS"
	lists []string // resource types of Terraform that it alone lists
	calls []call   // every operation that it makes; another is refused before it is sent
	read  func(*reader)
}

// call is an operation, and the permission it needs.
type call struct {
	operation string // "DescribeDBInstances"
	action    string // "rds:DescribeDBInstances"; empty: service name and operation
	each      bool   // it is made once a store; else once for many
	// content: it returns what people stored. It is made only where content was asked for.
	content bool
}

// permission is the action that a policy has to allow for the call.
func (c call) permission(s service) string {
	if c.action != "" {
		return c.action
	}
	return s.name + ":" + c.operation
}

// apiece are operations that are made once a store.
func apiece(in ...call) []call {
	for i := range in {
		in[i].each = true
	}
	return in
}

// calls are operations whose permission is called as they are.
func calls(operations ...string) []call {
	out := make([]call, len(operations))
	for i, o := range operations {
		out[i] = call{operation: o}
	}
	return out
}

// callsAs are operations of a service whose permissions have another prefix than its name.
func callsAs(prefix string, operations ...string) []call {
	out := calls(operations...)
	for i := range out {
		out[i].action = prefix + ":" + out[i].operation
	}
	return out
}

// regional lists the services that are asked in each region: a new one is its file and a line here.
func regional() []service {
	return []service{
		rdsService(),
		redshiftService(),
		redshiftServerless(),
		docDBElastic(),
		neptuneGraphs(),
		dsqlService(),
		ec2Network(),
		s3Service(),
		s3Directories(),
		s3Points(),
		glacierService(),
		kmsService(),
		sqsService(),
		snsService(),
		kinesisService(),
		kinesisVideoService(),
		firehoseService(),
		mskService(),
		mskConnect(),
		eventsService(),
		secretsService(),
		ssmService(),
		athenaService(),
		glueService(),
		lakeFormation(),
		emrService(),
		dmsService(),
		sageMaker(),
		bedrockService(),
		knowledgeBases(),
		transferFamily(),
		dataSync(),
		ecrService(),
		lambdaService(),
		ecsService(),
		sfnService(),
		eksService(),
		ramService(),
		dynamoDB(),
		daxService(),
		elastiCache(),
		memoryDB(),
		openSearch(),
		openSearchServerless(),
		keyspacesService(),
		timestream(),
		influxDB(),
		mqService(),
		lightsailService(),
		ebs(),
		ami(),
		efsService(),
		backupService(),
		fsxService(),
		ec2Instances(),
		elbv2Service(),
		elbService(),
		cloudTrailService(),
		logsService(),
		configService(),
		guardDutyService(),
		macieService(),
		analyzerService(),
		apiGatewayService(),
	}
}

// global lists the services that are asked once an account.
func global() []service {
	return []service{
		s3Account(),
		iamService(),
		organisationsService(),
		cloudFrontService(),
		eventStoresBeyond(),
	}
}

// needed lists those that finding accounts and regions takes.
func needed() []service {
	return []service{
		{name: "sts", id: "STS", calls: calls("GetCallerIdentity", "AssumeRole")},
		{name: "ec2", id: "EC2", calls: calls("DescribeRegions", "DescribeVpcs")},
		{name: "organizations", id: "Organizations", calls: calls("ListAccounts")},
		{name: "kms", id: "KMS", calls: calls("ListAliases")},
	}
}

func everyService() []service {
	return append(append(needed(), global()...), regional()...)
}
