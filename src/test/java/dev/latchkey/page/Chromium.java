package dev.latchkey.page;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import dev.latchkey.page.Browsers.Browser;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A Chromium without a window, spoken to in the words of the person before it.
 */
final class Chromium implements AutoCloseable {

	/** Where Debian puts the browser. */
	static final Path PROGRAM = Path.of("/usr/bin/chromium");

	/** Where Debian puts the driver. */
	static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Browser browser;

	private final ChromeDriver driver;

	private final String base;

	private Chromium(Browser browser, String base) {
		this.browser = browser;
		this.driver = browser.driver();
		this.base = base;
	}

	static Chromium open(String base) {
		return new Chromium(Browsers.take(true), base);
	}

	static Chromium withoutScripts(String base) {
		return new Chromium(Browsers.take(false), base);
	}

	ChromeDriver driver() {
		return this.driver;
	}

	Chromium go(String path) {
		this.driver.get(this.base + path);
		return this;
	}

	Chromium signIn(String email, String password) {
		return go("/login").fill("Email", email)
			.fill("Password", password)
			.press("Sign in")
			.waitUntil("to be signed in", () -> !path().startsWith("/login"));
	}

	String path() {
		return this.driver.getCurrentUrl().replace(this.base, "");
	}

	String heading() {
		return this.driver.findElement(By.cssSelector("main h1")).getText();
	}

	String text() {
		return this.driver.findElement(By.tagName("body")).getText();
	}

	String source() {
		return this.driver.getPageSource();
	}

	/** The field that this label belongs to. */
	WebElement field(String label) {
		WebElement found = this.driver.findElement(
				By.xpath("//label[normalize-space(text()[normalize-space()])=\"%1$s\" or normalize-space()=\"%1$s\"]"
					.formatted(label)));
		String id = found.getAttribute("for");
		return (id != null && !id.isEmpty()) ? this.driver.findElement(By.id(id))
				: found.findElement(By.cssSelector("input, select, textarea"));
	}

	Chromium fill(String label, String text) {
		WebElement field = field(label);
		field.clear();
		field.sendKeys(text);
		return this;
	}

	Chromium tick(String label) {
		field(label).click();
		return this;
	}

	/**
	 * Chooses what begins so: what stands behind a length of time is the day on which it
	 * ends.
	 */
	Chromium choose(String label, String option) {
		field(label).findElement(By.xpath("./option[starts-with(normalize-space(), '%s')]".formatted(option))).click();
		return this;
	}

	/**
	 * Presses the button that shows exactly this, the one in a dialog if there is one.
	 */
	Chromium press(String button) {
		String named = "//button[normalize-space()='%s']".formatted(button);
		List<WebElement> inDialog = this.driver.findElements(By.xpath("//dialog[@open]" + named));
		(inDialog.isEmpty() ? this.driver.findElement(By.xpath(named)) : inDialog.get(0)).click();
		return this;
	}

	Chromium pressInRow(String row, String button) {
		row(row).findElement(By.xpath(".//button[normalize-space()='%s']".formatted(button))).click();
		return this;
	}

	WebElement row(String text) {
		return this.driver.findElement(By.xpath("//tbody/tr[contains(., '%s')]".formatted(text)));
	}

	boolean hasRow(String text) {
		return !this.driver.findElements(By.xpath("//tbody/tr[contains(., '%s')]".formatted(text))).isEmpty();
	}

	Chromium follow(String link) {
		this.driver.findElement(By.linkText(link)).click();
		return this;
	}

	Chromium keys(CharSequence... keys) {
		this.driver.switchTo().activeElement().sendKeys(keys);
		return this;
	}

	/** Tabs on until the focus is on what shows this text. */
	Chromium tabTo(String text) {
		for (int i = 0; i < 60; i++) {
			keys(Keys.TAB);
			WebElement focused = this.driver.switchTo().activeElement();
			if (text.equals(focused.getText().strip()) || text.equals(focused.getAccessibleName().strip())) {
				return this;
			}
		}
		throw new AssertionError("The keyboard does not reach " + text);
	}

	Chromium waitUntilSeen(String text) {
		return waitUntil("to see " + text, () -> text().contains(text));
	}

	Chromium waitUntil(String what, BooleanSupplier condition) {
		new WebDriverWait(this.driver, PATIENCE).withMessage(what)
			.ignoring(WebDriverException.class)
			.until((driver) -> condition.getAsBoolean());
		return this;
	}

	Chromium narrow() {
		return screen(375, true);
	}

	/** A window of this width on a table. */
	Chromium wide(int width) {
		return screen(width, false);
	}

	private Chromium screen(int width, boolean mobile) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", mobile));
		return this;
	}

	Chromium dark() {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
		return this;
	}

	@Override
	public void close() {
		Browsers.giveBack(this.browser, this.base);
	}

}
