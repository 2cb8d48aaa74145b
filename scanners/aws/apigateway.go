package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/apigateway/types"
)

func apiGatewayService() service {
	return service{name: "apigateway", id: "API Gateway",
		lists: []string{"aws_api_gateway_domain_name"},
		calls: []call{{operation: "GetDomainNames", action: "apigateway:GET"}},
		read: func(r *reader) {
			api := apigateway.NewFromConfig(r.cfg)
			for d, at := range list(r, api.GetDomainNames, &apigateway.GetDomainNamesInput{},
				func(p *apigateway.GetDomainNamesOutput) []types.DomainName { return p.Items }, "aws_api_gateway_domain_name") {
				arn := value(d.DomainNameArn)
				if arn == "" { // only private ones are told with theirs
					arn = "arn:" + partition(r.region) + ":apigateway:" + r.region + "::/domainnames/" + value(d.DomainName)
				}
				r.add(Thing{Type: "aws_api_gateway_domain_name", ARN: arn, At: at, Attrs: attrs{
					"domain_name":               d.DomainName,
					"security_policy":           text(string(d.SecurityPolicy)),
					"domain_name_configuration": nil,
					"tags":                      d.Tags,
				}})
			}
		}}
}
