package aws

import (
	"context"
	"errors"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"

	probity "github.com/probity-scan/probity"
)

// gap says why an operation gave no answer, and what would change that.
func (p permits) gap(err error) probity.Gap {
	action := ""
	var of *smithy.OperationError
	for e := err; errors.As(e, &of); e = of.Err { // the inner one: a role that cannot be assumed fails each call
		action = p.action(of.Service(), of.Operation())
	}
	var api smithy.APIError
	code, message := "", ""
	if errors.As(err, &api) {
		code, message = api.ErrorCode(), api.ErrorMessage()
	}
	var response *awshttp.ResponseError
	status := 0
	if errors.As(err, &response) {
		status = response.HTTPStatusCode()
	}
	if code == "" && status >= 400 {
		code = "HTTP " + strconv.Itoa(status)
	}
	var timeout net.Error
	var offered notOffered
	switch {
	case errors.As(err, &offered):
		return probity.Gap{Reason: probity.NotApplicable, Because: "the service is not offered in this region"}
	case throttled(err):
		return probity.Gap{Reason: probity.Throttled, Because: said(action, code), Needs: "a scan when less else calls the API"}
	case expired(code):
		return probity.Gap{Reason: probity.Expired, Because: said(action, code), Needs: "a fresh login, and --resume"}
	case disabled(code):
		return probity.Gap{Reason: probity.Unreachable, Because: said(action, code), Needs: "the service enabled in this account and region, or left out by services="}
	case denies(code) && organisation(message) != "":
		return probity.Gap{Reason: probity.DeniedByOrg, Because: said(action, code), Needs: "a change of the organisation's " + organisation(message)}
	case denies(code):
		return probity.Gap{Reason: probity.Denied, Because: code, Needs: action}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return probity.Gap{Reason: probity.Timeout, Because: said(action, "no answer in time"), Needs: "another try"}
	case code == "" && status == 0 && strings.Contains(err.Error(), "credentials"): // none, or a login that has ended
		return probity.Gap{Reason: probity.Expired, Because: said(action, "no credentials that hold"), Needs: "a login (aws sso login, a profile, or a role), and --resume"}
	case code == "" && status == 0:
		return probity.Gap{Reason: probity.Unreachable, Because: said(action, "no connection"), Needs: "a way to the API's endpoint"}
	case status == http.StatusNotImplemented:
		return probity.Gap{Reason: probity.NotCollected, Because: said(action, code)}
	case status >= 500:
		return probity.Gap{Reason: probity.Unreachable, Because: said(action, code), Needs: "another try"}
	}
	if code == "" {
		code = "the answer cannot be read"
	}
	return probity.Gap{Reason: probity.Unreadable, Because: said(action, code), Needs: "another try"}
}

// silent is the gap of an answer without what it is there for.
func silent(action string) *probity.Gap {
	return &probity.Gap{Reason: probity.Unreadable, Because: said(action, "the answer is empty"), Needs: "another try"}
}

// missing is the gap of an error, or of an answer that went well and says nothing.
func (p permits) missing(err error, action string) probity.Gap {
	if err == nil {
		return *silent(action)
	}
	return p.gap(err)
}

func said(action, what string) string {
	return strings.TrimPrefix(action+": "+what, ": ")
}

// denies: the codes by which services say that a permission is missing.
func denies(code string) bool {
	return slices.Contains([]string{"AccessDenied", "AccessDeniedException", "AccessDeniedForDependencyException", "UnauthorizedOperation", "UnauthorizedException", "Client.UnauthorizedOperation",
		"AuthorizationError", "AuthorizationErrorException", "NotAuthorized", "Forbidden", "ForbiddenException", "AllAccessDisabled", "InsufficientPrivilegesException",
		"KMSAccessDeniedException", "KMS.AccessDeniedException", "NotAuthorizedException"}, code)
}

func expired(code string) bool {
	return slices.Contains([]string{"ExpiredToken", "ExpiredTokenException", "RequestExpired", "InvalidClientTokenId", "TokenRefreshRequired", "InvalidToken"}, code)
}

func disabled(code string) bool {
	return slices.Contains([]string{"OptInRequired", "SubscriptionRequiredException", "UnrecognizedClientException", "AuthFailure", "InvalidAction", "UnknownOperationException"}, code)
}

// organisation names the policy of the organisation that denies, where the message tells.
func organisation(message string) string {
	m := regexp.MustCompile(`(service|resource) control policy(?:: (arn:[^\s]+))?`).FindStringSubmatch(message)
	if m == nil {
		return ""
	}
	return strings.TrimSpace(m[1] + " control policy " + m[2])
}
