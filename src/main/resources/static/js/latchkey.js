// Makes nicer what works without it: copying, asking in place, filtering while one types.

const page = document;

// Moments come in UTC; here they are put into the reader's zone, as the language of the page writes them.
const language = page.documentElement.lang === "en" ? "en-GB" : page.documentElement.lang;
const minute = { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
const moments = { minute, end: minute, second: { ...minute, second: "2-digit" } };

// What ends with a day ends at 24:00 of that day. The zone does not stand alone on a line.
function written(moment, kind) {
	const format = new Intl.DateTimeFormat(language, moments[kind]);
	const midnight = moment.getHours() === 0 && moment.getMinutes() === 0 && moment.getSeconds() === 0;
	const text = kind === "end" && midnight ? format.format(moment - 60_000).replace("23:59", "24:00") : format.format(moment);
	return text.replace(/ (?=\S+$)/, "\u00a0");
}

function showLocalTimes(part) {
	if (new Intl.DateTimeFormat().resolvedOptions().timeZone === "UTC") {
		return;
	}
	for (const time of part.querySelectorAll("time[data-local]")) {
		const text = time.querySelector("small") ?? time;
		time.title = text.textContent;
		text.textContent = written(new Date(time.dateTime), time.dataset.local);
		delete time.dataset.local;
	}
}

async function copy(button) {
	const source = page.getElementById(button.dataset.copy);
	const text = source.value ?? source.textContent;
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		// Without TLS there is no clipboard to write to; the old way still is.
		if (source.select) {
			source.select();
		} else {
			getSelection().selectAllChildren(source);
		}
		page.execCommand("copy");
	}
	const label = button.dataset.label ??= button.textContent;
	button.textContent = button.dataset.copied;
	setTimeout(() => button.textContent = label, 2000);
}

// The question of the next page, shown above this one. Whatever fails, the next page itself is still there.
async function ask(button) {
	const form = button.form;
	const address = new URL(form.action);
	address.search = new URLSearchParams(new FormData(form));
	const answer = await fetch(address, { headers: { Accept: "text/html" } });
	const question = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-question]");
	if (!answer.ok || !question) {
		form.submit();
		return;
	}
	const dialog = page.createElement("dialog");
	const article = page.createElement("article");
	article.append(...question.childNodes);
	showLocalTimes(article);
	dialog.append(article);
	const title = article.querySelector("h1");
	title.id = "question";
	dialog.setAttribute("aria-labelledby", title.id);
	dialog.addEventListener("close", () => {
		dialog.remove();
		button.focus();
	});
	page.body.append(dialog);
	article.querySelectorAll("[data-shown-for]").forEach(showFitting);
	dialog.showModal();
	// What cannot be taken back is no key press away.
	if (article.querySelector("button.danger")) {
		article.querySelector("[data-cancel]")?.focus();
	}
}

let latest = 0;

async function filter(form) {
	const turn = ++latest;
	const address = new URL(form.action);
	address.search = new URLSearchParams(new FormData(form));
	const answer = await fetch(address, { headers: { Accept: "text/html" } });
	const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(form.dataset.live);
	if (turn === latest && found) {
		showLocalTimes(found);
		page.querySelector(form.dataset.live).replaceChildren(...found.childNodes);
		history.replaceState(null, "", address);
	}
}

function tick(button) {
	for (const box of button.form.querySelectorAll("input[name=scopes]")) {
		box.checked = button.dataset.tick === "all" || box.value.split(/[:._-]/).includes("read");
	}
}

function showFitting(part) {
	const [id, wanted] = part.dataset.shownFor.split("=");
	const choice = page.getElementById(id);
	const show = () => part.hidden = choice.value !== wanted;
	choice.addEventListener("change", show);
	show();
}

page.addEventListener("click", (event) => {
	const button = event.target.closest("button, [data-cancel]");
	if (button?.dataset.copy) {
		copy(button);
	} else if (button && "ask" in button.dataset && window.HTMLDialogElement) {
		event.preventDefault();
		ask(button).catch(() => button.form.submit());
	} else if (button?.dataset.tick) {
		event.preventDefault();
		tick(button);
	} else if (button?.matches("dialog [data-cancel]")) {
		event.preventDefault();
		button.closest("dialog").close();
	}
});

// A second click must not take away the answer to the first, which alone shows the token.
page.addEventListener("submit", (event) => {
	if ("once" in event.target.dataset) {
		if ("sent" in event.target.dataset) {
			event.preventDefault();
		}
		event.target.dataset.sent = "";
	}
});

// Whoever comes back to the answer to a form would be asked to send it once more; the form itself is there then.
if (page.body.dataset.answer) {
	const leave = () => history.replaceState(null, "", location.href);
	page.addEventListener("submit", leave);
	page.addEventListener("click", (event) => event.target.closest("a[href]") && leave());
}

addEventListener("pageshow", () => page.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

let pause;
for (const form of page.querySelectorAll("form[data-live]")) {
	form.querySelector("button").hidden = true;
	form.addEventListener("input", () => {
		clearTimeout(pause);
		pause = setTimeout(() => filter(form).catch(() => form.submit()), 200);
	});
}
showLocalTimes(page);
page.querySelectorAll("[data-shown-for]").forEach(showFitting);
page.querySelectorAll("[data-copy]").forEach((button) => button.hidden = false);

// The token goes with the page: a reload shows the token's own page, and nothing is left to go back to.
const once = page.querySelector("[data-shown-once]");
if (once) {
	history.replaceState(null, "", once.dataset.then);
	addEventListener("pagehide", () => once.querySelectorAll(".secret").forEach((secret) => secret.remove()));
}
