/// Where all text output begins; see `TextRenderer`.
package enum Text {}
