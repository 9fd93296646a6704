package app

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"ris/app/directory"
	"ris/app/passkeys"
	"ris/app/server"
	"ris/app/server/signin"
	"ris/auth/sso"
)

// openSignIn reads the providers of the configuration. No provider is asked for anything yet.
func (a *App) openSignIn() error {
	configured, err := a.Config.Providers()
	if err != nil {
		return err
	}
	a.Directory = &directory.Service{Store: a.Store, Clock: a.Clock, Zone: a.Zone}
	var configs []sso.Config
	for _, p := range configured {
		configs = append(configs, sso.Config{Name: p.Name, Issuer: p.Issuer, ClientID: p.ClientID, ClientSecret: p.ClientSecret, DiscoveryURL: p.ReachedAt,
			AuthorizeURL: p.AuthorizeURL, Scopes: p.Scopes, GroupsClaim: p.GroupsClaim, AsksEachTime: p.AsksEachTime, Clock: a.Clock})
		rules := directory.Rules{Name: p.Name, Title: cmp.Or(p.Title["de"], p.Name, p.Issuer), Issuer: p.Issuer, GroupsClaim: p.GroupsClaim, OnlyGroups: p.OnlyGroups}
		for _, g := range p.Groups {
			rules.Rules = append(rules.Rules, directory.Rule{Group: g.Group, Kind: directory.Kind(g.Kind), Bodies: g.Bodies})
		}
		a.Directory.Rules = append(a.Directory.Rules, rules)
	}
	clients, err := sso.NewAll(configs...)
	if err != nil {
		return fmt.Errorf("RIS_OIDC_ISSUER or RIS_OIDC_FILE: %w", err)
	}
	for i, c := range clients {
		a.providers = append(a.providers, signin.Choice{Provider: c, Titles: configured[i].Title})
	}
	return nil
}

// signInParts adds the sign-in to the surface. The key of its cookies is the installation's own, so that every node can go on with
// what another began.
func (a *App) signInParts(ctx context.Context, d *server.Deps) error {
	key, err := a.Store.InstallationKey(ctx, "sign-in cookies", 32)
	if err != nil {
		return err
	}
	d.Secret, d.Providers, d.Directory = hex.EncodeToString(key), a.providers, a.Directory
	d.StepUp = time.Duration(a.Config.StepUpHours) * time.Hour
	if a.Config.StepUpAfter > 0 {
		d.StepUp = a.Config.StepUpAfter
	}
	d.Passkeys = &passkeys.Service{Store: a.Store, Clock: a.Clock}
	d.ProviderURL = a.Config.IssuerReachedAt
	return nil
}
