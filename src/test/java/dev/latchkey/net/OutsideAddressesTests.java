package dev.latchkey.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutsideAddressesTests {

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
			"192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255",
			"::1", "::", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
			"2002:7f00:1::1", "2001::1", "2001:db8::1" })
	void whatLiesWithinIsNotOutside(String address) {
		assertThat(OutsideAddresses.isOutside(IpAddress.parse(address).orElseThrow())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1" })
	void whatIsGivenOutToTheWorldIs(String address) {
		assertThat(OutsideAddresses.isOutside(IpAddress.parse(address).orElseThrow())).isTrue();
	}

	@Test
	void aNameThatLeadsWithinLeadsNowhere() throws UnknownHostException {
		assertThat(OutsideAddresses.of("localhost")).isEmpty();
		assertThat(OutsideAddresses.all("localhost")).contains(InetAddress.getLoopbackAddress());
	}

}
