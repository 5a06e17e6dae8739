package dev.latchkey.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.openqa.selenium.NoAlertPresentException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

import org.springframework.util.FileSystemUtils;

/**
 * Browsers that are kept for the next test, since one takes seconds to start: who takes
 * one finds it as if it were new. They end with the last test.
 */
final class Browsers implements BeforeAllCallback {

	private static final Map<Boolean, Deque<Browser>> IDLE = Map.of(true, new ConcurrentLinkedDeque<>(), false,
			new ConcurrentLinkedDeque<>());

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot()
			.getStore(Namespace.create(Browsers.class))
			.computeIfAbsent("end", (key) -> (AutoCloseable) Browsers::end, AutoCloseable.class);
	}

	static Browser take(boolean scripts) {
		@Nullable Browser idle = IDLE.get(scripts).poll();
		return (idle != null) ? idle : start(scripts);
	}

	/**
	 * Gives one back that has been at this origin; what cannot be made as new is not used
	 * again.
	 */
	static void giveBack(Browser browser, String origin) {
		try {
			browser.makeNew(origin);
		}
		catch (WebDriverException ex) {
			browser.quit();
			return;
		}
		IDLE.get(browser.scripts()).push(browser);
	}

	private static void end() {
		IDLE.values().forEach((idle) -> {
			for (Browser browser = idle.poll(); browser != null; browser = idle.poll()) {
				browser.quit();
			}
		});
	}

	private static Browser start(boolean scripts) {
		Path profile;
		try {
			profile = Files.createTempDirectory("chromium");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		ChromeOptions options = new ChromeOptions().setBinary(Chromium.PROGRAM.toFile())
			.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
					"--disable-background-networking", "--disable-component-update", "--disable-sync",
					"--disable-dev-shm-usage", "--no-proxy-server", "--window-size=1280,900",
					"--user-data-dir=" + profile);
		if (!scripts) {
			options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
		}
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(Chromium.DRIVER.toFile())
			.build();
		return new Browser(new ChromeDriver(service, options), profile, scripts);
	}

	/**
	 * A running browser.
	 *
	 * @param driver what it is driven by
	 * @param profile where it keeps what it knows
	 * @param scripts whether it runs the scripts of pages
	 */
	record Browser(ChromeDriver driver, Path profile, boolean scripts) {

		/** Another tab has no history, no size of its own and no question open. */
		private void makeNew(String origin) {
			try {
				this.driver.switchTo().alert().dismiss();
			}
			catch (NoAlertPresentException ex) {
				// As it should be.
			}
			String fresh = this.driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
			for (String handle : this.driver.getWindowHandles()) {
				if (!handle.equals(fresh)) {
					this.driver.switchTo().window(handle).close();
				}
			}
			this.driver.switchTo().window(fresh);
			this.driver.executeCdpCommand("Storage.clearDataForOrigin",
					Map.of("origin", origin, "storageTypes", "all"));
			this.driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
			this.driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
			this.driver.executeCdpCommand("Browser.resetPermissions", Map.of());
			this.driver.manage().logs().get(LogType.BROWSER);
		}

		private void quit() {
			this.driver.quit();
			try {
				FileSystemUtils.deleteRecursively(this.profile);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
