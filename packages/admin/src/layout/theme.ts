import { createTheme } from '@mui/material/styles';
import { defaultLightTheme } from 'react-admin';

/** System fonts that carry Chinese on each platform; nothing is downloaded. */
const fontFamily = [
  'system-ui',
  '-apple-system',
  '"Segoe UI"',
  '"PingFang SC"',
  '"Microsoft YaHei"',
  '"Noto Sans CJK SC"',
  '"Noto Sans SC"',
  'sans-serif',
].join(', ');

const focus = { outline: '3px solid #d97706', outlineOffset: 2 };

/** Quiet surfaces, one strong colour, text contrast of AA or better, and a focus ring that cannot be missed. */
export const theme = createTheme({
  ...defaultLightTheme,
  palette: {
    mode: 'light',
    primary: { main: '#0b5c63', dark: '#08474d', contrastText: '#fff' },
    secondary: { main: '#0b5c63', contrastText: '#fff' },
    warning: { main: '#9a4a00' },
    error: { main: '#b3261e' },
    text: { primary: '#17202a', secondary: '#4b5563' },
    background: { default: '#f5f7f8', paper: '#fff' },
  },
  typography: {
    fontFamily,
    h5: { fontWeight: 600 },
    h6: { fontWeight: 600, fontSize: '1.05rem' },
    button: { textTransform: 'none' },
  },
  shape: { borderRadius: 8 },
  sidebar: { width: 200, closedWidth: 50 },
  components: {
    ...defaultLightTheme.components,
    MuiCssBaseline: { styleOverrides: { '*:focus-visible': focus } },
    MuiButtonBase: { styleOverrides: { root: { '&.Mui-focusVisible': focus } } },
    MuiToggleButton: { styleOverrides: { root: { color: '#17202a' } } },
    MuiTextField: { defaultProps: { variant: 'outlined', margin: 'none' } },
    MuiFormControl: { defaultProps: { variant: 'outlined', margin: 'none' } },
  },
});
