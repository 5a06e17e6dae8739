package dev.latchkey.net;

import java.net.InetAddress;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NetworksTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8,10.255.255.255,true", "10.0.0.0/8,11.0.0.0,false", "192.0.2.128/25,192.0.2.127,false",
			"192.0.2.128/25,192.0.2.128,true", "192.0.2.7,192.0.2.7,true", "192.0.2.7,192.0.2.8,false",
			"0.0.0.0/0,203.0.113.9,true", "0.0.0.0/0,2001:db8::1,false", "2001:db8::/32,2001:db8:ffff::1,true",
			"2001:db8::/32,2001:db9::1,false", "2001:db8::1,2001:db8::1,true", "2001:db8::1,2001:db8::2,false",
			"::/0,2001:db8::1,true", "::/0,10.0.0.1,false", "::ffff:10.0.0.1,10.0.0.1,true",
			"10.0.0.1,::ffff:10.0.0.1,true", "2001:DB8:0:0:0:0:0:1,2001:db8::1,true",
			"2001:db8::/33,2001:db8:8000::,false" })
	void aBlockAdmitsTheAddressesInIt(String block, String address, boolean admitted) throws Exception {
		assertThat(networks(block).admits(InetAddress.getByName(address))).isEqualTo(admitted);
	}

	@Test
	void noBlockAtAllAdmitsEverybody() throws Exception {
		assertThat(Networks.ANY.admits(InetAddress.getByName("2001:db8::1"))).isTrue();
	}

	@Test
	void oneOfSeveralBlocksIsEnough() throws Exception {
		Networks several = networks("10.0.0.0/8", "2001:db8::/32");
		assertThat(several.admits(InetAddress.getByName("10.1.1.1"))).isTrue();
		assertThat(several.admits(InetAddress.getByName("2001:db8::1"))).isTrue();
		assertThat(several.admits(InetAddress.getByName("192.0.2.1"))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "localhost", "example.com", "10", "10.0.0", "10.0.0.256", "010.0.0.1",
			"10.0.0.1/33", "10.0.0.0/08", "10.0.0.0/010", "2001:db8::/032", "10.0.0.0/+8", "10.0.0.1/-1", "10.0.0.1/",
			"10.0.0.1/a", "10.0.0.1/8/8", "/8", "2001:db8::/129", "2001:db8:::1", ":", "::g", "[::1]", "fe80::1%eth0",
			"10.0.0.1:80", "1::2::3", "10.0.0.1/ 8", "10.0.0.1/٨", ".:", "12345::", "2001:00db8::1", "::ffff:010.0.0.1",
			"::ffff:10.0.0.0/95", "::ffff:10.0.0.0/8", "::ffff:a00:1/0", "1:2:3:4:5:6:7:8:9", "1:2:3", ":1::2",
			"1::2:" })
	void whatIsNoBlockIsRefusedWithoutLookingUpAName(String text) {
		assertThat(IpNetwork.parse(text)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "10.1.2.3/8,10.0.0.0/8", "192.0.2.7,192.0.2.7/32", "2001:db8::1/32,2001:db8::/32",
			"192.0.2.255/31,192.0.2.254/31" })
	void bitsBehindThePrefixAreCleared(String given, String kept) {
		assertThat(IpNetwork.parse(given)).map(IpNetwork::toString).hasValue(kept);
	}

	@ParameterizedTest
	@CsvSource({ "::ffff:10.1.2.3,10.1.2.3/32", "::FFFF:a01:203/128,10.1.2.3/32", "::ffff:10.1.2.3/104,10.0.0.0/8",
			"::ffff:0:0/96,0.0.0.0/0", "0:0:0:0:0:ffff:192.0.2.0/120,192.0.2.0/24" })
	void aMappedBlockIsTheIpv4Block(String given, String kept) {
		assertThat(IpNetwork.parse(given)).map(IpNetwork::toString).hasValue(kept);
	}

	@ParameterizedTest
	@CsvSource({ "2001:DB8:0:0:0:0:0:1,2001:db8::1", "2001:0db8:0000:0000:0001:0000:0000:0001,2001:db8::1:0:0:1",
			"2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1", "2001:0:0:1:0:0:0:1,2001:0:0:1::1", "0:0:0:0:0:0:0:0,::",
			"0:0:0:0:0:0:0:1,::1", "fe80:0:0:0:0:0:0:0,fe80::", "1:2:3:4:5:6:7::,1:2:3:4:5:6:7:0",
			"64:ff9b::192.0.2.33,64:ff9b::c000:221", "::ffff:192.0.2.1,192.0.2.1", "192.0.2.1,192.0.2.1" })
	void addressesAreWrittenAsRfc5952Recommends(String given, String written) {
		assertThat(IpAddress.parse(given)).map(IpAddress::text).hasValue(written);
		assertThat(IpAddress.rewritten(given)).isEqualTo(written);
	}

	@Test
	void duplicatesAreFolded() {
		assertThat(networks("10.0.0.1/8", "::ffff:10.9.9.9/104", "2001:db8::/32", "10.0.0.0/8", "2001:DB8::1/32")
			.toStrings()).containsExactly("10.0.0.0/8", "2001:db8::/32");
	}

	@Test
	void noBlockAdmitsAnAddressThatIsNotKnown() {
		assertThat(networks("0.0.0.0/0", "::/0").admits(null)).isFalse();
		assertThat(Networks.ANY.admits(null)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8,10.1.0.0/16,true", "10.1.0.0/16,10.0.0.0/8,false", "10.0.0.0/8,10.0.0.0/8,true",
			"10.0.0.0/8,2001:db8::/32,false", "10.0.0.0/8,11.0.0.0/16,false" })
	void aBlockCoversWhatIsInside(String wide, String narrow, boolean covered) {
		assertThat(networks(wide).covers(networks(narrow))).isEqualTo(covered);
	}

	@Test
	void everywhereCoversAllAndIsCoveredByNothingElse() {
		assertThat(Networks.ANY.covers(networks("10.0.0.0/8"))).isTrue();
		assertThat(Networks.ANY.covers(Networks.ANY)).isTrue();
		assertThat(networks("0.0.0.0/0", "::/0").covers(Networks.ANY)).isFalse();
	}

	@Test
	void whatIsKeptReadsTheSame() {
		Networks several = networks("10.0.0.0/8", "2001:db8::/32");
		assertThat(Networks.parse(several.toText()).toStrings()).isEqualTo(several.toStrings());
		assertThat(Networks.parse(Networks.ANY.toText())).isEqualTo(Networks.ANY);
	}

	private static Networks networks(String... blocks) {
		return new Networks(Arrays.stream(blocks).map((block) -> IpNetwork.parse(block).orElseThrow()).toList());
	}

}
