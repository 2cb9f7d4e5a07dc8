import { words } from '@fangang/domain/basics/words.ts';
import ConfigProvider, { type ConfigProviderProps } from 'antd/es/config-provider';
import DatePicker from 'antd/es/date-picker';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import Select from 'antd/es/select';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import type { ReactNode } from 'react';
import { useLanguage, useWords } from '../language.tsx';
import { styleNonce } from '../nonce.ts';
import type { PickDateProps, PickOneProps } from './pick-props.ts';

/** A token of `tokens.css` as it stands now; antd derives shades and needs a colour, not a variable. */
function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function officeTheme(): NonNullable<ConfigProviderProps['theme']> {
  return {
    token: {
      colorPrimary: token('--brand'),
      colorText: token('--ink'),
      colorTextSecondary: token('--ink-2'),
      colorTextPlaceholder: token('--ink-3'),
      colorBorder: token('--rule-2'),
      colorError: token('--danger'),
      borderRadius: 0,
      borderRadiusSM: 0,
      borderRadiusLG: 0,
      controlOutlineWidth: 0,
      fontFamily: token('--font'),
      fontSize: 14,
      controlHeight: 34,
      boxShadowSecondary: `0 0 0 1px ${token('--ink')}`,
      motion: false,
    },
  };
}

function Themed({ children }: { children: ReactNode }): ReactNode {
  const { language } = useLanguage();
  const nonce = styleNonce();
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={officeTheme()}
      {...(nonce && { csp: { nonce } })}
    >
      {children}
    </ConfigProvider>
  );
}

export function OfficeSelect({
  id,
  value,
  options,
  onChange,
  placeholder,
  label,
  clearable = false,
  disabled = false,
}: PickOneProps): ReactNode {
  const say = useWords(words);
  return (
    <Themed>
      <Select<string>
        {...(id && { id })}
        className="pick"
        aria-label={label}
        showSearch={{
          filterOption: (typed, option) =>
            `${option?.label} ${(option as { find?: string } | undefined)?.find ?? ''}`
              .toLowerCase()
              .includes(typed.trim().toLowerCase()),
        }}
        value={value}
        options={options.map((it) => ({ ...it }))}
        onChange={(next: string | undefined) => onChange(next ?? null)}
        placeholder={placeholder ?? say('choose')}
        allowClear={clearable}
        disabled={disabled}
      />
    </Themed>
  );
}

export function OfficeDate({ id, value, onChange, label, from, to }: PickDateProps): ReactNode {
  const say = useWords(words);
  return (
    <Themed>
      <DatePicker
        {...(id && { id })}
        className="pick"
        aria-label={label}
        value={value ? dayjs(value) : null}
        onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : null)}
        placeholder={say('chooseDate')}
        {...(from && { minDate: dayjs(from) })}
        {...(to && { maxDate: dayjs(to) })}
      />
    </Themed>
  );
}
