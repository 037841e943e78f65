// Forms that have the browser make or show a passkey. The server does the rest with what they send.
const canPasskeys = "PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential;

const optionsOf = async form => {
  const written = document.getElementById("passkey-options");
  if (written) return JSON.parse(written.textContent);
  const answer = await fetch(form.action, {headers: {Accept: "application/json"}});
  if (!answer.ok) throw new Error(`Passkey options: ${answer.status}`);
  return answer.json();
};

// A passkey that shall let its holder in by itself must be kept with the account's name and be unlocked.
const wishes = (form, publicKey) => {
  const alone = form.elements.passwordless;
  if (!alone) return publicKey;
  const selection = alone.checked
    ? {residentKey: "required", requireResidentKey: true, userVerification: "required"}
    : {residentKey: "discouraged", requireResidentKey: false};
  return {...publicKey, authenticatorSelection: {...publicKey.authenticatorSelection, ...selection}};
};

const ask = async form => {
  const options = await optionsOf(form);
  if (form.dataset.passkey === "create") {
    const wanted = wishes(form, options.creation_options.publicKey);
    return navigator.credentials.create({publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(wanted)});
  }
  const wanted = options.request_options.publicKey;
  return navigator.credentials.get({publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(wanted)});
};

const excuse = error => {
  if (!canPasskeys) return "This browser is too old for passkeys. Try another way.";
  if (error.name === "InvalidStateError") return "This device holds a passkey of this account already.";
  if (error.name === "SecurityError") return "Passkeys do not work at this address. Try another way.";
  if (error.name === "NotAllowedError") return "No passkey was used: you stopped, or it took too long. Try again when you like.";
  return "That did not work. Load the page again, or try another way.";
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const told = form.querySelector("[role=alert]");
    told.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify((await ask(form)).toJSON());
      form.submit();
    } catch (error) {
      told.textContent = excuse(error);
      told.hidden = false;
    }
  });
}
