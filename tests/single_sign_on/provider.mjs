// A certified OpenID Connect provider on this machine, for the tests: whoever types a name is that subject.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [answers, secret] = process.argv.slice(2);
const key = () => ({ ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" });

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://localhost:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "throughline", client_secret: secret, redirect_uris: answers.split(",") }],
    jwks: { keys: [{ ...key(), kid: "of the tests" }] },
    cookies: { keys: ["only for the tests"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    // Nobody is asked to agree: an organisation's own provider does not ask its people either.
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
